using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>The table of states, and the times that signing up goes by.</summary>
public sealed class StateTests
{
    [Fact]
    public void States_go_only_the_ways_that_the_table_has()
    {
        Assert.Equal([SignupState.Confirmed, SignupState.Lapsed, SignupState.Rejected, SignupState.Cancelled], From(SignupState.Offered));
        Assert.Equal([SignupState.CheckedIn, SignupState.Cancelled, SignupState.CancelledLate, SignupState.Rejected, SignupState.Excused, SignupState.NoShow], From(SignupState.Confirmed));
        foreach (var end in (SignupState[])[SignupState.Cancelled, SignupState.Lapsed, SignupState.Rejected, SignupState.Excused, SignupState.Recorded])
            Assert.Empty(From(end));
        Assert.All(SignupStates.Holding, s => Assert.Contains(s, SignupStates.Live));

        static IEnumerable<SignupState> From(SignupState from) => Enum.GetValues<SignupState>().Where(to => SignupStates.MayBecome(from, to)).OrderBy(s => s is SignupState.Lapsed ? SignupState.CheckedIn : s is SignupState.Rejected && from == SignupState.Offered ? SignupState.CheckedOut : s);
    }

    [Theory]
    // Chengdu's clock; the shift starts on Saturday the 28th at 9:00.
    [InlineData("2026-11-23T10:00", "2026-11-24T10:00")]
    [InlineData("2026-11-25T08:59", "2026-11-26T09:00")]
    [InlineData("2026-11-25T09:00", "2026-11-25T13:00")]
    [InlineData("2026-11-25T16:59", "2026-11-25T20:59")]
    [InlineData("2026-11-25T17:00", "2026-11-26T09:00")]
    [InlineData("2026-11-27T08:59", "2026-11-27T12:59")]
    [InlineData("2026-11-27T09:00", "2026-11-27T09:30")]
    [InlineData("2026-11-27T20:30", "2026-11-28T06:00")]
    [InlineData("2026-11-28T05:59", "2026-11-28T06:00")]
    [InlineData("2026-11-28T06:00", null)]
    public void An_offer_stands_for_a_while_that_is_shorter_near_the_start_and_never_ends_at_night(string now, string? until)
    {
        var answer = SignupTimes.AnswerBy(At(now), At("2026-11-28T09:00"), CommunityTime.Shanghai);
        Assert.Equal(until is null ? null : At(until), answer);

        static DateTimeOffset At(string clock) => new(DateTime.Parse(clock, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
    }
}
