using Phoenix.WeChat.Client;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>Messages that WeChat would refuse stay here, and the refusal names the field.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("thing1", "王大妈家搬米，二十个字以内都可以发出去呀")]
    [InlineData("number1", "12345678901234567890123456789012"), InlineData("number1", "-3.5")]
    [InlineData("letter1", "abcdefghijklmnopqrstuvwxyzABCDEF")]
    [InlineData("symbol1", "！@#￥%")]
    [InlineData("character_string12", "NO.2026-11_23 #7")]
    [InlineData("time1", "15:01"), InlineData("time1", "9:00:30"), InlineData("time1", "2019年10月1日 15:01"), InlineData("time1", "09:00~11:30"), InlineData("time1", "2026年11月28日 09:00~11:30"), InlineData("time1", "2026-11-28 9:00 ~ 2026-11-29 10:00")]
    [InlineData("date1", "2019年10月1日"), InlineData("date1", "2018-01-01"), InlineData("date1", "2018/01/01"), InlineData("date1", "2018.01.01"), InlineData("date1", "2019年10月1日 15:01"), InlineData("date1", "2018-01-01~2018-01-02")]
    [InlineData("amount1", "￥9.90"), InlineData("amount1", "100元"), InlineData("amount1", "$1234567890")]
    [InlineData("phone_number1", "+86-0766-66888866"), InlineData("phone_number1", "028-85670000")]
    [InlineData("car_number1", "川A8Z888警"), InlineData("car_number1", "A1")]
    [InlineData("name1", "阿依古丽·买买提"), InlineData("name1", "张三"), InlineData("name1", "John Smith-Miller Jr"), InlineData("name1", "𠮷田")]
    [InlineData("phrase1", "已通过"), InlineData("const1", "任何"), InlineData("unheard_of3", "随便什么")]
    public async Task It_goes_out(string key, string value)
    {
        var wire = new Wire().Then("{}");
        await using var host = await ClientHost.Start(() => wire);
        Assert.Null((await host.WeChat.Send(Message((key, value)), default)).Error);
    }

    [Theory]
    [InlineData("thing1", "王大妈家搬米，二十个字以内都可以发出去呀！"), InlineData("thing1", "😀😀😀😀😀😀😀😀😀😀a"), InlineData("thing1", ""), InlineData("thing1", "  "), InlineData("thing1", "一\n二"), InlineData("thing1", "一\u2028二")]
    [InlineData("number1", "123456789012345678901234567890123"), InlineData("number1", "三"), InlineData("number1", "1,000"), InlineData("number1", "１２")]
    [InlineData("letter1", "abcdefghijklmnopqrstuvwxyzABCDEFG"), InlineData("letter1", "a1")]
    [InlineData("symbol1", "！@#￥%！"), InlineData("symbol1", "a")]
    [InlineData("character_string1", "编号7"), InlineData("character_string1", "123456789012345678901234567890123")]
    [InlineData("time1", "2019年10月1日"), InlineData("time1", "24:00"), InlineData("time1", "3点"), InlineData("time1", "09:00~"), InlineData("time1", "09:00-11:30"), InlineData("time1", "2026年2月30日 10:00")]
    [InlineData("date1", "15:01"), InlineData("date1", "2026年2月30日"), InlineData("date1", "20260101"), InlineData("date1", "2026年11月28日 09:00~11:30")]
    [InlineData("amount1", "￥￥9"), InlineData("amount1", "12345678901"), InlineData("amount1", "9块"), InlineData("amount1", "1,000元")]
    [InlineData("phone_number1", "+86-0766-668888661"), InlineData("phone_number1", "电话85670000")]
    [InlineData("car_number1", "川A8Z8888警"), InlineData("car_number1", "川川A123")]
    [InlineData("name1", "一二三四五六七八九十一"), InlineData("name1", "张三1"), InlineData("name1", "abcdefghijklmnopqrstu"), InlineData("name1", "张abcdefghijk")]
    [InlineData("phrase1", "已经通过审核"), InlineData("phrase1", "ok"), InlineData("phrase1", "通过。")]
    [InlineData("Thing1", "a"), InlineData("thing", "a"), InlineData("thing1.x", "a")]
    public async Task It_stays_here_and_the_field_is_named(string key, string value)
    {
        using var wire = new Wire();
        await using var host = await ClientHost.Start(() => wire);
        var error = Assert.IsType<WeChatRequestWrong>((await host.WeChat.Send(Message(("thing9", "a"), (key, value)), default)).Error);
        Assert.StartsWith($"data.{key}.value ", error.What, StringComparison.Ordinal);
        Assert.Equal((WeChatRetry.Never, 0), (error.Retry, error.WeChatCode));
        Assert.Empty(wire.Calls);
        Assert.Empty(wire.Fetches);
    }

    [Fact]
    public async Task Nothing_to_send_and_what_breaks_other_limits_stays_here()
    {
        using var wire = new Wire();
        await using var host = await ClientHost.Start(() => wire);
        var (weChat, now) = (host.WeChat, host.Time.Start);
        Assert.IsType<WeChatRequestWrong>((await weChat.Send(Message(), default)).Error);
        Assert.IsType<WeChatRequestWrong>((await weChat.Send(Message(("thing1", "a")) with { OpenId = "" }, default)).Error);
        Assert.IsType<WeChatRequestWrong>((await weChat.CheckText(new TextToCheck("o", ContentScene.Forum, new string('字', 2501)), default)).Error);
        Assert.Equal(ContentVerdict.Pass, (await weChat.CheckText(new TextToCheck("o", ContentScene.Forum, " \n"), default)).Value);
        foreach (var code in (CodeToDraw[])[new("", "p", 430), new(new string('a', 33), "p", 430), new("a=b", "p", 430), new("字", "p", 430), new("a", "", 430), new("a", "/p", 430), new("a", "p?q=1", 430), new("a", "p", 279), new("a", "p", 1281)])
            Assert.IsType<WeChatRequestWrong>((await weChat.MiniProgramCode(code, default)).Error);
        foreach (var end in (DateTimeOffset[])[now, now.AddDays(30).AddSeconds(1)])
            Assert.IsType<WeChatRequestWrong>((await weChat.UrlLink(new LinkToMake("p", "", end), default)).Error);
        Assert.IsType<WeChatRequestWrong>((await weChat.UrlLink(new LinkToMake("p", new string('q', 1025), now.AddDays(1)), default)).Error);
        Assert.IsType<WeChatCodeOver>((await weChat.CodeToSession("", default)).Error);
        Assert.IsType<WeChatCodeOver>((await weChat.PhoneNumber(new string('c', 129), default)).Error);
        Assert.Empty(wire.Calls);
    }

    [Theory]
    [InlineData("帮忙搬米", "帮忙搬米")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九十一二三四五六七八九…")]
    [InlineData(" 一\r\n二\t三 ", "一 二 三")]
    [InlineData("一二三四五六七八九十一二三四五六七八𠮷田村", "一二三四五六七八九十一二三四五六七八…")]
    [InlineData("一二三四五六七八九十一二三四五六七👨‍👩‍👧来了", "一二三四五六七八九十一二三四五六七…")]
    [InlineData("", "…")]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦…")]
    public void A_thing_is_cut_where_a_reader_would(string text, string expected)
    {
        var cut = ThingText.Cut(text);
        Assert.Equal(expected, cut);
        Assert.InRange(cut.Length, 1, 20);
    }

    private static SubscribeMessage Message(params (string Key, string Value)[] data) => new(ClientHost.OpenId, "T1", null, data.ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal));
}
