using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <summary>What other modules may ask of the calendar of the community in scope.</summary>
public interface ICommunityCalendar
{
    /// <summary>The community's zone: days, months, cut-offs.</summary>
    CommunityTime Time { get; }

    /// <summary>The community's working days between two days, both included, for deadlines.</summary>
    Task<WorkingDays> WorkingDays(DateOnly from, DateOnly to, CancellationToken cancel);
}

/// <summary>Which communities there are, for the route gate and the jobs that sweep them all.</summary>
public interface ICommunities
{
    /// <summary>Whether the number is a community's.</summary>
    Task<bool> Exists(int communityId, CancellationToken cancel);

    /// <summary>The community's name, for what is printed.</summary>
    Task<string> NameOf(int communityId, CancellationToken cancel);

    /// <summary>The number that 打电话给社区 dials.</summary>
    Task<string> PhoneOf(int communityId, CancellationToken cancel);

    /// <summary>
    /// Runs a job's work once in each community, in a service scope of its own that has entered it. A community that fails doesn't stop the others.
    /// </summary>
    /// <exception cref="AggregateException">The failures, when every community had its turn.</exception>
    Task Each(Func<IServiceProvider, int, Task> work, CancellationToken cancel);
}

/// <summary>The community's log of what was done and looked at, read by staff and auditors. An entry commits with the change it tells of.</summary>
public interface IAuditLog
{
    /// <summary>Adds an entry to the present unit of work; actor, address and request are the present request's.</summary>
    /// <param name="action">A stable word: <c>role.granted</c>.</param>
    /// <param name="subject">On what, with its kind: <c>role:Treasurer</c>; no personal data.</param>
    /// <param name="person">About whom.</param>
    /// <param name="reason">Why, as the actor said; at most 200 characters.</param>
    void Write(string action, string subject, Guid? person = null, string? reason = null);
}

/// <summary>An entry of the log about somebody.</summary>
/// <param name="Id">Its id; those of later entries are greater.</param>
/// <param name="At">When.</param>
/// <param name="ActorId">Who, a person; null for the system.</param>
/// <param name="Action">What, a stable word.</param>
/// <param name="Subject">On what.</param>
/// <param name="Reason">Why.</param>
public sealed record AuditLine(Guid Id, DateTimeOffset At, Guid? ActorId, string Action, string Subject, string? Reason);

/// <summary>What the log says about somebody, for the person themselves.</summary>
public interface IAuditTrail
{
    /// <summary>Entries about the person, newest first.</summary>
    /// <param name="personId">About whom.</param>
    /// <param name="actions">Only these; null for all.</param>
    /// <param name="before">Only entries older than this one.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task<IReadOnlyList<AuditLine>> About(Guid personId, IReadOnlyCollection<string>? actions, Guid? before, int limit, CancellationToken cancel);
}

/// <summary>Something to be decided by a second person.</summary>
/// <param name="Kind">Its <see cref="IApprovalKind"/>.</param>
/// <param name="Subject">On what, with its kind; one proposal on a subject waits at a time.</param>
/// <param name="Summary">One Chinese sentence for the checker, at most 200 characters.</param>
/// <param name="Payload">What the kind needs to carry it out, JSON.</param>
/// <param name="CheckerRole">The role that decides.</param>
/// <param name="Maker">Who prepared it; can't decide.</param>
/// <param name="Beneficiary">Who gains by it; can't decide either.</param>
/// <param name="Reason">Why, for the log.</param>
public sealed record ApprovalDraft(string Kind, string Subject, string Summary, string Payload, Role CheckerRole, Guid Maker, Guid? Beneficiary, string? Reason);

/// <summary>Maker-checker for every module (hard rule 5).</summary>
public interface IApprovals
{
    /// <summary>Adds a proposal to the present unit of work.</summary>
    /// <returns>Its id, or <see cref="AlreadyProposed"/>.</returns>
    Task<Result<Guid>> Propose(ApprovalDraft draft, CancellationToken cancel);

    /// <summary>The ids of the proposals that wait, as part of a query.</summary>
    IQueryable<Guid> Pending { get; }

    /// <summary>Whether a proposal still waits to be decided.</summary>
    Task<bool> IsPending(Guid approvalId, CancellationToken cancel);

    /// <summary>Who decided a proposal; null while nobody has.</summary>
    Task<Guid?> CheckerOf(Guid approvalId, CancellationToken cancel);
}

/// <summary>What there is to decide by beside the one sentence.</summary>
/// <param name="Lines">In Chinese, line by line.</param>
/// <param name="Pictures">Signed links to stored images, addresses on this server from the root.</param>
public sealed record ApprovalDetails(IReadOnlyList<string> Lines, IReadOnlyList<string> Pictures);

/// <summary>Carries out what was approved.</summary>
public interface IApprovalKind
{
    /// <summary>Its stable name.</summary>
    string Kind { get; }

    /// <summary>Carries it out in the transaction of the approval; the state may have changed since it was proposed. A refusal leaves the proposal pending.</summary>
    /// <param name="payload">As proposed.</param>
    /// <param name="maker">Who proposed it.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel);

    /// <summary>Whether a person gains by it beside the one beneficiary that it names, and so can't decide: one of many who are given something.</summary>
    Task<bool> IsFor(string payload, Guid personId, CancellationToken cancel) => Task.FromResult(false);

    /// <summary>What the checker reads and looks at beside the summary, where one sentence isn't all.</summary>
    Task<ApprovalDetails> Details(string payload, CancellationToken cancel) => Task.FromResult(new ApprovalDetails([], []));
}

/// <summary>For the tables of every module.</summary>
public static class CommunityKeys
{
    /// <summary>The row's community must be one: a foreign key, and no community is deleted from under its rows.</summary>
    public static void BelongsToCommunity<T>(this EntityTypeBuilder<T> builder)
        where T : class, ICommunityOwned =>
        builder.HasOne<CommunityRow>().WithMany().HasForeignKey(row => row.CommunityId).OnDelete(DeleteBehavior.Restrict);
}

/// <summary>The documents that people live by, in the order in which they are shown.</summary>
public enum DocumentKind
{
    /// <summary>隐私政策.</summary>
    PrivacyNotice,

    /// <summary>管理规则.</summary>
    ManagementRules,

    /// <summary>服务规范.</summary>
    ServiceCode,

    /// <summary>积分办法.</summary>
    PointsRules,
}

/// <summary>A version of a document, without its text.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="Kind">Which document.</param>
/// <param name="Version">Counted from 1.</param>
/// <param name="Title">As people see it.</param>
/// <param name="MustAccept">Whether everybody must accept it before going on.</param>
/// <param name="PublishedAt">When it was published.</param>
public sealed record DocumentHead(Guid Id, DocumentKind Kind, int Version, string Title, bool MustAccept, DateTimeOffset PublishedAt);

/// <summary>Who accepted which documents of the community in scope.</summary>
public interface IDocumentConsents
{
    /// <summary>The versions in force that the person must accept before going on.</summary>
    Task<IReadOnlyList<DocumentHead>> Outstanding(Guid personId, CancellationToken cancel);

    /// <summary>The refusal for a person with something <see cref="Outstanding"/>; null for one who may go on.</summary>
    Task<Error?> Missing(Guid personId, CancellationToken cancel);

    /// <summary>
    /// Notes, in the caller's unit of work, that the person accepts every document in force. Refused where <paramref name="documents"/> isn't
    /// exactly what is in force now, or where the community hasn't published its privacy notice.
    /// </summary>
    Task<Error?> AcceptAllCurrent(Guid personId, IReadOnlyCollection<Guid> documents, CancellationToken cancel);

    /// <summary>The privacy notice in force, or null where none is published.</summary>
    Task<DocumentHead?> PrivacyNotice(CancellationToken cancel);
}
