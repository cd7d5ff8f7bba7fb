using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram.Codes;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Personal;

/// <inheritdoc />
internal sealed class PersonalCodes(PhoenixDb db, DeviceKeys keys, ICallers callers, Clock clock) : IPersonalCodes
{
    /// <summary>How far apart the phone that shows a code and the one that scans it may be in time, when neither asks the server.</summary>
    public static readonly TimeSpan KeptSkew = TimeSpan.FromMinutes(3);

    public Task<Result<PersonalCode>> Redeem(string scanned, CodePurpose purpose, CancellationToken cancel) => Use(scanned, purpose, null, cancel);

    public Task<Result<PersonalCode>> RedeemKept(string scanned, CodePurpose purpose, DateTimeOffset scannedAt, CancellationToken cancel) => Use(scanned, purpose, scannedAt, cancel);

    private async Task<Result<PersonalCode>> Use(string scanned, CodePurpose purpose, DateTimeOffset? keptAt, CancellationToken cancel)
    {
        if (CodeText.Read(scanned) is not { } code)
            return new CodeUnreadable();
        if (!code.IsPersonal || code.Purpose != purpose || code.CommunityId != db.Scope.CommunityId)
            return new CodeElsewhere();
        if (!code.IsMadeWith(keys.All(code.Subject), DeviceKeys.AudienceOf(purpose)))
            return new CodeUnreadable();
        var (now, shown) = (clock.Now, CodeText.StartOf(code.Step));
        var untimely = keptAt is { } at
            ? shown > now || shown > at + KeptSkew ? new CodeAhead() : shown < at - KeptSkew ? (Error)new CodeOver() : null
            : RotatingCodes.Timely(code.Step, CodeText.StepAt(now));
        if (untimely is not null)
            return untimely;
        var device = await db.Set<DeviceSecret>().AsNoTracking().FirstOrDefaultAsync(d => d.DeviceId == code.Subject, cancel);
        if (device is null || device.IssuedAt + DeviceSecret.Lifetime <= now || (keptAt is null && !(await callers.Of(new TokenSubject(device.PersonId, device.SessionId), db.Scope.CommunityId, fresh: true, cancel)).IsLive))
            return new CodeOver();
        if (await db.Set<UsedCode>().AnyAsync(u => u.DeviceId == code.Subject && u.Purpose == purpose && u.Step == code.Step, cancel))
            return new CodeUsed();
        db.Add(new UsedCode { CommunityId = db.Scope.CommunityId, DeviceId = code.Subject, Purpose = purpose, Step = code.Step, UsedAt = now });
        return new PersonalCode(device.PersonId, device.DeviceId, shown);
    }
}
