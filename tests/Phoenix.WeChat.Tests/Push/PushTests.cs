using System.Text;
using Microsoft.Extensions.Time.Testing;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Push;

namespace Phoenix.WeChat.Tests.Push;

/// <summary>Pushes as WeChat sends them: the verified vectors of the contract, every mode and shape, and whatever else may come.</summary>
public sealed class PushTests
{
    private const string Key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private const string AppId = "wxb11529c136998cb6";
    private const string Token = "pamtest";
    private const string Golden = "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==";
    private const string Popup = """{"ToUserName":"gh_1","FromUserName":"oU","CreateTime":"1620973045","MsgType":"event","Event":"subscribe_msg_popup_event",""";

    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1620973100);
    private readonly PushCipher _cipher = new(Key, AppId);

    [Fact]
    public void The_address_check_of_the_contract_is_signed_as_published()
    {
        Assert.Equal("f464b24fc39322e44b38aa78f5edd27bd1441696", PushSignature.Compute("AAAAA", "1714036504", "1514711492"));
        var receiver = new PushReceiver(PushSettings.NotProduction(AppId, "AAAAA", Key, PushMode.Plain), At(1714036504));
        var query = new PushQuery("f464b24fc39322e44b38aa78f5edd27bd1441696", "1714036504", "1514711492", EchoStr: "4375120948345356249");
        Assert.Equal("4375120948345356249", receiver.VerifyAddress(query).Value);
        Assert.IsType<PushSignatureWrong>(receiver.VerifyAddress(query with { Nonce = "1514711493" }).Error);
        Assert.IsType<PushMalformed>(receiver.VerifyAddress(query with { EchoStr = null }).Error);
    }

    [Fact]
    public void The_encryption_of_the_contract_comes_out_and_back_as_published()
    {
        Assert.Equal(Golden, _cipher.Encrypt("我是中文abcd123", new FixedBytes("aaaabbbbccccdddd")));
        Assert.Equal("我是中文abcd123", _cipher.Decrypt(Golden).Value);
        Assert.Equal("82c962d39941aa48552f90ef55aa323dc620cc10", PushSignature.Compute(Token, "1409304348", "xxxxxx", Golden));
    }

    [Fact]
    public void Every_length_goes_through_with_paddings_of_one_to_thirty_two()
    {
        var random = new SeededRandomness(1);
        for (var length = 0; length <= 200; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(_ => "凤a币🪶é"[random.Next(3)]));
            Assert.Equal(text, _cipher.Decrypt(_cipher.Encrypt(text, random)).Value);
        }
    }

    [Fact]
    public void A_ciphertext_that_was_changed_or_is_for_another_is_refused()
    {
        Assert.IsType<PushAppIdWrong>(new PushCipher(Key, "wx0000000000000000").Decrypt(Golden).Error);
        Assert.False(new PushCipher("b" + Key[1..], AppId).Decrypt(Golden).IsOk);
        var bytes = Convert.FromBase64String(Golden);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            var changed = _cipher.Decrypt(Convert.ToBase64String(bytes));
            Assert.False(changed.IsOk && changed.Value == "我是中文abcd123" && i >= 16, $"byte {i}");
            bytes[i] ^= 1;
        }

        Assert.Throws<ArgumentException>(() => new PushCipher("short", AppId));
    }

    public static TheoryData<string> Shapes() =>
    [
        Popup + "\"SubscribeMsgPopupEvent\":[{\"TemplateId\":\"t1\",\"SubscribeStatusString\":\"accept\",\"PopupScene\":\"0\"}]}",
        Popup + "\"List\":[{\"TemplateId\":\"t1\",\"SubscribeStatusString\":\"accept\",\"PopupScene\":0}]}",
        Popup + "\"List\":{\"TemplateId\":\"t1\",\"SubscribeStatusString\":\"accept\",\"PopupScene\":0}}",
        Popup + "\"SubscribeMsgPopupEvent\":{\"List\":{\"TemplateId\":\"t1\",\"SubscribeStatusString\":\"accept\",\"PopupScene\":0}}}",
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oU]]></FromUserName><CreateTime>1620973045</CreateTime><MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event>" +
        "<SubscribeMsgPopupEvent><List><TemplateId>t1</TemplateId><SubscribeStatusString>accept</SubscribeStatusString><PopupScene>0</PopupScene></List></SubscribeMsgPopupEvent></xml>",
    ];

    [Theory, MemberData(nameof(Shapes))]
    public void A_popup_answer_is_read_in_every_shape_and_mode(string message)
    {
        foreach (var mode in Enum.GetValues<PushMode>())
        {
            var popup = Assert.IsType<SubscribePopupEvent>(Send(message, mode).Value);
            Assert.Equal(("oU", DateTimeOffset.FromUnixTimeSeconds(1620973045)), (popup.Header.FromUserName, popup.Header.CreateTime));
            Assert.Equal(new SubscribeAnswer("t1", true, 0), Assert.Single(popup.Items));
        }
    }

    [Fact]
    public void The_same_event_has_the_same_key_whatever_its_shape_and_another_has_another()
    {
        var keys = Shapes().Select(row => Send(row.Data, PushMode.Secure).Value.Header.DedupeKey).Distinct().ToList();
        Assert.Single(keys);
        var other = Send(Shapes().First().Data.Replace("t1", "t2", StringComparison.Ordinal), PushMode.Secure).Value.Header.DedupeKey;
        Assert.NotEqual(keys[0], other);
    }

    [Fact]
    public void Numbers_above_two_to_the_53rd_and_unknown_events_come_through()
    {
        var sent = Assert.IsType<SubscribeSentEvent>(Send(
            """{"FromUserName":"oU","CreateTime":1620973045,"MsgType":"event","Event":"subscribe_msg_sent_event","SubscribeMsgSentEvent":{"List":{"TemplateId":"t1","MsgID":"2123456789012345678","ErrorCode":"0","ErrorStatus":"success"}}}""",
            PushMode.Secure).Value);
        Assert.Equal(new SubscribeSent("t1", 2123456789012345678, 0, "success"), Assert.Single(sent.Items));

        var media = Assert.IsType<MediaCheckedEvent>(Send(
            """{"FromUserName":"oU","CreateTime":1620973045,"MsgType":"event","Event":"wxa_media_check","appid":"wxb11529c136998cb6","trace_id":"tr","version":2,"result":{"suggest":"risky","label":"20001"}}""",
            PushMode.Secure).Value);
        Assert.Equal(("tr", Suggestion.Risky, 20001), (media.TraceId, media.Suggestion, media.Label));
        Assert.IsType<OtherPush>(Send("""{"FromUserName":"oU","CreateTime":1620973045,"MsgType":"event","Event":"new_thing"}""", PushMode.Secure).Value);
    }

    [Fact]
    public void Production_takes_the_encrypted_part_alone_and_an_old_or_unsigned_push_not_at_all()
    {
        var plain = Shapes().First().Data;
        var secure = new PushReceiver(PushSettings.Production(AppId, Token, Key), new Clock(new FakeTimeProvider(s_now)));
        Assert.Equal(PushMode.Secure, PushSettings.Production(AppId, Token, Key).Mode);
        Assert.IsType<PushModeWrong>(secure.Receive(Query(null), Encoding.UTF8.GetBytes(plain)).Error);

        var cipher = _cipher.Encrypt(plain, new SeededRandomness(3));
        var body = Encoding.UTF8.GetBytes($$"""{"ToUserName":"gh_1","Encrypt":"{{cipher}}"}""");
        Assert.True(secure.Receive(Query(cipher), body).IsOk);
        Assert.IsType<PushSignatureWrong>(secure.Receive(Query(cipher) with { MsgSignature = new string('0', 40) }, body).Error);
        Assert.IsType<PushModeWrong>(secure.Receive(Query(cipher) with { MsgSignature = null }, body).Error);
        Assert.IsType<PushSignatureWrong>(secure.Receive(Query(cipher) with { MsgSignature = null, Signature = null }, body).Error);
        Assert.True(secure.Receive(Query(cipher) with { Signature = null }, body).IsOk);
        Assert.IsType<PushModeWrong>(secure.Receive(Query(cipher), Encoding.UTF8.GetBytes($$"""{"MsgType":"event","Encrypt":"{{cipher}}"}""")).Error);
        Assert.IsType<PushTooLarge>(secure.Receive(Query(cipher), new byte[PushReceiver.MaxBodyBytes + 1]).Error);

        var late = new PushReceiver(PushSettings.Production(AppId, Token, Key), new Clock(new FakeTimeProvider(s_now + PushReceiver.MaxAge + TimeSpan.FromSeconds(1))));
        Assert.IsType<PushTooOld>(late.Receive(Query(cipher), body).Error);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><FromUserName>&a;</FromUserName></xml>")]
    [InlineData("<xml><a>")]
    [InlineData("{\"a\":")]
    [InlineData("")]
    [InlineData("7")]
    public void What_is_neither_is_malformed(string message) => Assert.IsType<PushMalformed>(Send(message, PushMode.Plain).Error);

    [Fact]
    public void Thousands_of_mangled_bodies_never_throw()
    {
        var random = new SeededRandomness(11);
        var receiver = new PushReceiver(PushSettings.NotProduction(AppId, Token, Key, PushMode.Plain), new Clock(new FakeTimeProvider(s_now)));
        var good = Shapes().Select(row => Encoding.UTF8.GetBytes(row.Data)).ToList();
        var accepted = 0;
        for (var i = 0; i < 5000; i++)
        {
            var bytes = good[random.Next(good.Count)].ToArray();
            for (var n = random.Next(6); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            accepted += receiver.Receive(Query(null), bytes.AsSpan(0, random.Next(bytes.Length + 1))).IsOk ? 1 : 0;
        }

        Assert.InRange(accepted, 0, 4999);
    }

    private static Clock At(long seconds) => new(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(seconds)));

    private static PushQuery Query(string? cipher)
    {
        var time = s_now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new PushQuery(PushSignature.Compute(Token, time, "n"), time, "n", cipher is null ? null : PushSignature.Compute(Token, time, "n", cipher));
    }

    private Result<PushEvent> Send(string message, PushMode mode)
    {
        var receiver = new PushReceiver(PushSettings.NotProduction(AppId, Token, Key, mode), new Clock(new FakeTimeProvider(s_now)));
        if (mode == PushMode.Plain)
            return receiver.Receive(Query(null), Encoding.UTF8.GetBytes(message));
        var cipher = _cipher.Encrypt(message, new SeededRandomness(2));
        return receiver.Receive(Query(cipher), Encoding.UTF8.GetBytes($"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{cipher}]]></Encrypt></xml>"));
    }
}
