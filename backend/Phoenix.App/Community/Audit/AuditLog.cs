using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community.Audit;

/// <inheritdoc />
internal sealed class AuditLog(PhoenixDb db, Clock clock, IIds ids, IHttpContextAccessor http) : IAuditLog
{
    public void Write(string action, string subject, Guid? person = null, string? reason = null)
    {
        var request = http.HttpContext;
        db.Add(new AuditEntry
        {
            CommunityId = db.Scope.CommunityId,
            Id = ids.New(),
            At = clock.Now,
            ActorId = request?.Features.Get<Caller>()?.PersonId,
            Action = action,
            Subject = subject,
            PersonId = person,
            Reason = reason,
            Address = request?.Connection.RemoteIpAddress?.ToString(),
            RequestId = Guid.TryParse(request?.Request.Headers[RequestId.Header], out var id) ? id : null,
        });
    }
}
