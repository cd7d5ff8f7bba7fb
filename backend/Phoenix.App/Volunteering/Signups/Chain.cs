using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>
/// 接龙: the leader pastes what the chat group wrote and sees line by line which member is meant; nobody is signed up by it yet. And the roster as a text to
/// paste back into the group.
/// </summary>
public static partial class Chain
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxTextLength = 10_000;

    /// <summary>Most numbered lines.</summary>
    public const int MaxLines = 200;

    /// <summary>Most people in the text that is copied back.</summary>
    public const int MaxCopied = 500;

    /// <summary>The text.</summary>
    /// <param name="Text">As copied from the group, at most 10,000 characters.</param>
    public sealed record Request(string Text);

    /// <summary>A numbered line.</summary>
    /// <param name="Number">The number before it.</param>
    /// <param name="Name">The name in it.</param>
    /// <param name="Members">Who is called that: one is a match, none unknown, more to be chosen from.</param>
    /// <param name="SignupId">The sign-up that the one already has.</param>
    public sealed record Line(int Number, string Name, IReadOnlyList<Named> Members, Guid? SignupId);

    /// <summary>What the text means.</summary>
    /// <param name="Lines">The numbered lines; a name that comes twice stands once.</param>
    /// <param name="Ignored">Lines without a number, such as the heading.</param>
    public sealed record Preview(IReadOnlyList<Line> Lines, IReadOnlyList<string> Ignored);

    /// <summary>The roster as a text.</summary>
    /// <param name="Text">To be pasted.</param>
    public sealed record Copy(string Text);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A length.</summary>
        public Limits() => RuleFor(r => r.Text).NotEmpty().MaximumLength(MaxTextLength).WithName("接龙");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/shifts/{id:guid}/chain-preview", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Read(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("previewChain").WithSummary("粘贴接龙，核对名单");
        community.MapGet("/shifts/{id:guid}/chain", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Write(id, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("copyChain").WithSummary("名单复制成接龙");
    }

    /// <summary>The numbered lines of a text with their names, and the others. "1. 王阿姨", "2、李叔 +1", "3）小张（带娃）" are numbered.</summary>
    public static (IReadOnlyList<(int Number, string Name)> Lines, IReadOnlyList<string> Ignored) Parse(string text)
    {
        var (lines, ignored, seen) = (new List<(int, string)>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var raw in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxLines * 2))
        {
            if (NumberedLine().Match(raw) is { Success: true } match && lines.Count < MaxLines)
            {
                var name = Remark().Replace(match.Groups["name"].Value, "").Trim();
                if (name.Length > 0 && seen.Add(name))
                    lines.Add((int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), name));
            }
            else
            {
                ignored.Add(raw);
            }
        }

        return (lines, ignored);
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,4})\s*[.．、，,:：)）]?\s*(?<name>[^\s.．、，,:：)）].*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedLine();

    // What people add behind a name: (带娃)、+1、两人.
    [GeneratedRegex(@"\s*([(（\[【].*|[+＋]\s*\d+.*|\s.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Remark();

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, Leaderships leaderships, ICommunityCalendar calendar)
    {
        /// <summary>What the text means, or <see cref="UnknownShift"/>.</summary>
        public Task<Result<Preview>> Read(Guid shiftId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Preview>(requestId, async () =>
        {
            if (await Find(shiftId, caller, cancel) is null)
                return new UnknownShift();
            var (lines, ignored) = Parse(body.Text);
            var named = await people.OfNames([.. lines.Select(l => l.Name)], cancel);
            var (persons, live) = (named.SelectMany(m => m.Value).Select(m => m.PersonId).ToList(), SignupStates.Live.ToArray());
            await people.LogLooks(caller.PersonId, persons, $"chain:{shiftId:N}", cancel);
            var there = await db.Set<Signup>().AsNoTracking().Where(s => s.ShiftId == shiftId && persons.Contains(s.PersonId) && live.Contains(s.State)).ToDictionaryAsync(s => s.PersonId, s => s.Id, cancel);
            return new Preview([.. lines.Select(l => Show(l, named.GetValueOrDefault(l.Name) ?? [], there))], ignored);
        }, cancel);

        /// <summary>The roster as a text, or <see cref="UnknownShift"/>.</summary>
        public async Task<Result<Copy>> Write(Guid shiftId, Caller caller, CancellationToken cancel)
        {
            if (await Find(shiftId, caller, cancel) is not { } shift)
                return new UnknownShift();
            var title = await db.Set<Activity>().Where(a => a.Id == shift.ActivityId).Select(a => a.Title).SingleAsync(cancel);
            var states = SignupStates.Holding.Append(SignupState.Waitlisted).ToArray();
            var signups = await db.Set<Signup>().AsNoTracking().Where(s => s.ShiftId == shiftId && states.Contains(s.State)).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).Take(MaxCopied).ToListAsync(cancel);
            var names = await people.OfPersons(signups.ConvertAll(s => s.PersonId), cancel);
            var (day, from, to) = (calendar.Time.DayOf(shift.StartsAt), calendar.Time.TimeOf(shift.StartsAt), calendar.Time.TimeOf(shift.EndsAt));
            var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"#接龙\n{title} {day.Month}月{day.Day}日 {from:H:mm}-{to:H:mm} {shift.Address}\n"));
            var number = 0;
            foreach (var signup in signups.OrderBy(s => s.State == SignupState.Waitlisted))
                text.Append(CultureInfo.InvariantCulture, $"{++number}. {names.GetValueOrDefault(signup.PersonId)?.Name}{(signup.State == SignupState.Waitlisted ? "（候补）" : "")}\n");
            return new Copy(text.ToString().TrimEnd('\n'));
        }

        private static Line Show((int Number, string Name) line, IReadOnlyList<MemberHead> members, Dictionary<Guid, Guid> there) => new(
            line.Number, line.Name, [.. members.Select(m => new Named(m.MemberId, m.Name))], members is [var one] && there.TryGetValue(one.PersonId, out var signup) ? signup : null);

        private async Task<Shift?> Find(Guid id, Caller caller, CancellationToken cancel) =>
            await db.Set<Shift>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is { } shift
            && (caller.Is(Role.Staff) || caller.Is(Role.SocialWorker) || await leaderships.Leads(caller.PersonId, shift, cancel)) ? shift : null;
    }
}
