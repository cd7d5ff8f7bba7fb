using Phoenix.App.Cli;

namespace Phoenix.App.Tests.Cli;

/// <summary>Goal: the newcomer's demo plays to its end, and a step that fails is named. Method: the command as it is typed, on a host of its own.</summary>
public sealed class DemoTests
{
    [Theory, InlineData("2026-12-09T08:00+08:00"), InlineData("2026-12-31T23:50+08:00")]
    public async Task The_demo_plays_the_whole_main_job_and_proves_it(string at)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await PhoenixCli.Run(["demo", "--at", at], output, errors);
        Assert.Equal(("", 0), (errors.ToString(), code));
        var story = output.ToString();
        Assert.Contains("王阿姨: 0 coins before, 25 after. Her message: “25 枚凤凰币到啦！楼栋关怀日 2.5 小时，谢谢您。”", story, StringComparison.Ordinal);
        Assert.Contains("2 exchanges, 36 coins, 18.00 yuan", story, StringComparison.Ordinal);
        Assert.Contains("5000.00 yuan before, 4982.00 yuan after", story, StringComparison.Ordinal);
        Assert.Contains("proved from the export alone", story, StringComparison.Ordinal);
    }
}
