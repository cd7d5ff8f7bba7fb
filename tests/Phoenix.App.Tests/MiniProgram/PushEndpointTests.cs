using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.MiniProgram.Push;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.WeChat.Push;

namespace Phoenix.App.Tests.MiniProgram;

/// <summary>The push address over HTTP: every mode, format and shape is stored once and answered; whatever else comes gets a plain refusal.</summary>
public sealed class PushEndpointTests
{
    private const string Head = """{"ToUserName":"gh_1","FromUserName":"oSender","CreateTime":"1620973045","MsgType":"event","Event":"subscribe_msg_change_event",""";
    private const string Item = """{"TemplateId":"t1","SubscribeStatusString":"reject"}""";

    private static readonly string[] s_shapes =
    [
        Head + "\"SubscribeMsgChangeEvent\":[" + Item + "]}",
        Head + "\"List\":[" + Item + "]}",
        Head + "\"List\":" + Item + "}",
        Head + "\"SubscribeMsgChangeEvent\":{\"List\":" + Item + "}}",
    ];

    private const string Xml = "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oSender]]></FromUserName><CreateTime>1620973045</CreateTime><MsgType><![CDATA[event]]></MsgType>" +
        "<Event><![CDATA[subscribe_msg_change_event]]></Event><SubscribeMsgChangeEvent><List><TemplateId><![CDATA[t1]]></TemplateId><SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString></List></SubscribeMsgChangeEvent></xml>";

    [Fact]
    public async Task The_console_s_check_of_the_address_gets_its_text_back_and_a_stranger_s_does_not()
    {
        await using var app = await Pusher.Start(DatabaseKind.Sqlite);
        var time = app.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var query = $"{PushDoor.Path}?timestamp={time}&nonce=1514711492&echostr=4375120948345356249&signature=";
        var good = await app.Anyone.Get(query + PushSignature.Compute(Pusher.Token, time, "1514711492"));
        Assert.Equal((HttpStatusCode.OK, "text/plain", "4375120948345356249"), (good.Status, good.ContentType, good.Text));
        Refused(await app.Anyone.Get(query + PushSignature.Compute("another", time, "1514711492")), HttpStatusCode.Forbidden, "push.signature_wrong");
        Refused(await app.Anyone.Get(PushDoor.Path), HttpStatusCode.Forbidden, "push.signature_wrong");
        (await app.Anyone.Send(HttpMethod.Put, PushDoor.Path, null, null)).Refused(HttpStatusCode.MethodNotAllowed, "route.method");
    }

    [Theory]
    [InlineData(PushMode.Plain), InlineData(PushMode.Compatible), InlineData(PushMode.Secure)]
    public async Task Every_shape_and_format_of_a_mode_is_the_same_event_stored_once_without_its_sender(PushMode mode)
    {
        await using var app = await Pusher.Start(DatabaseKind.Sqlite, mode);
        var pusher = new Pusher(app, mode);
        foreach (var shape in s_shapes)
            Taken(await pusher.Send(shape));
        Taken(await pusher.Send(Xml, isXml: true));
        var stored = Assert.Single(await Rows(app));
        Assert.Equal(("subscribe_msg_change_event", 1620973045), (stored.Kind, stored.HappenedAt.ToUnixTimeSeconds()));
        Assert.DoesNotContain("oSender", stored.Payload + stored.SenderHash + stored.DedupeHash, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains("oSender", StringComparison.Ordinal));

        Taken(await pusher.Send(s_shapes[0].Replace("t1", "t2", StringComparison.Ordinal)));
        Taken(await pusher.Send(s_shapes[0].Replace("1620973045", "1620973046", StringComparison.Ordinal)));
        Assert.Equal(3, (await Rows(app)).Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Repetitions_at_the_same_moment_are_all_answered_and_stored_once_and_acted_on_once(DatabaseKind database)
    {
        await using var app = await Pusher.Start(database);
        var pusher = new Pusher(app);
        var cipher = new PushCipher(Pusher.Key, Pusher.AppId).Encrypt(s_shapes[0], new SeededRandomness(9));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => pusher.SendCipher(cipher)))), Taken);
        Assert.Null(Assert.Single(await Rows(app)).HandledAt);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.Sweep("pushes.handle")));
        var handled = Assert.Single(await Rows(app));
        Assert.Equal((1, null), (handled.Attempts, handled.Payload));
        Assert.NotNull(handled.HandledAt);

        // Repeated after it was acted on, and later than any repetition comes, it is still the same.
        app.Time.Advance(TimeSpan.FromHours(1));
        Taken(await pusher.SendCipher(cipher));
        Assert.Single(await Rows(app));
    }

    [Fact]
    public async Task A_message_of_a_user_is_known_by_its_id_and_nothing_of_it_is_kept()
    {
        await using var app = await Pusher.Start(DatabaseKind.Sqlite);
        var pusher = new Pusher(app);
        string Message(string id, string time) => $$"""{"FromUserName":"oU","CreateTime":{{time}},"MsgType":"text","Content":"我家住在3栋","MsgId":{{id}}}""";
        Taken(await pusher.Send(Message("9223372036854775806", "5")));
        Taken(await pusher.Send(Message("9223372036854775806", "6")));
        Taken(await pusher.Send(Message("9223372036854775807", "5")));
        Assert.All(await Rows(app), row => Assert.Equal(("text", null, true), (row.Kind, row.Payload, row.HandledAt is not null)));
        Assert.Equal(2, (await Rows(app)).Count);
    }

    [Fact]
    public async Task Ten_minutes_either_way_are_the_limit_to_the_second()
    {
        await using var app = await Pusher.Start(DatabaseKind.Sqlite);
        var pusher = new Pusher(app);
        Taken(await pusher.Send(Pusher.Change("a"), age: PushReceiver.MaxAge));
        Refused(await pusher.Send(Pusher.Change("b"), age: PushReceiver.MaxAge + TimeSpan.FromSeconds(1)), HttpStatusCode.Forbidden, "push.too_old");
        Taken(await pusher.Send(Pusher.Change("c"), age: -PushReceiver.MaxAge));
        Refused(await pusher.Send(Pusher.Change("d"), age: -PushReceiver.MaxAge - TimeSpan.FromSeconds(1)), HttpStatusCode.Forbidden, "push.too_old");
        Assert.Equal(2, (await Rows(app)).Count);
    }

    [Fact]
    public async Task In_compatible_mode_the_encrypted_part_decides_whatever_the_plain_part_says()
    {
        await using var app = await Pusher.Start(DatabaseKind.Sqlite, PushMode.Compatible);
        var pusher = new Pusher(app, PushMode.Compatible);
        var cipher = new PushCipher(Pusher.Key, Pusher.AppId).Encrypt(Pusher.Change("oTrue"), new SeededRandomness(1));
        Taken(await pusher.SendCipher(cipher, plain: Pusher.Media("forged", "pass")));
        Taken(await pusher.SendCipher(cipher, isXml: true, plain: Xml));
        Assert.Equal("subscribe_msg_change_event", Assert.Single(await Rows(app)).Kind);
        Refused(await pusher.Post(Pusher.Change("oForged"), null), HttpStatusCode.Forbidden, "push.mode_wrong");
    }

    [Fact]
    public async Task Secure_mode_takes_what_msg_signature_covers_and_nothing_else()
    {
        await using var app = await Pusher.Start(DatabaseKind.Sqlite);
        var pusher = new Pusher(app);
        string Encrypt(string message, string key = Pusher.Key, string appId = Pusher.AppId) => new PushCipher(key, appId).Encrypt(message, new SeededRandomness(2));
        var good = Encrypt(Pusher.Change("a"));
        Refused(await pusher.Post(Pusher.Change("a"), null), HttpStatusCode.Forbidden, "push.mode_wrong");
        Refused(await pusher.SendCipher(good, plain: Pusher.Change("a")), HttpStatusCode.Forbidden, "push.mode_wrong");
        Refused(await pusher.SendCipher(Encrypt(Pusher.Change("a"), appId: "wx0000000000000000")), HttpStatusCode.Forbidden, "push.appid_wrong");
        Refused(await pusher.SendCipher(Encrypt(Pusher.Change("a"), key: "Z" + Pusher.Key[1..])), HttpStatusCode.Forbidden, "push.cipher_wrong");
        Refused(await pusher.Post($$"""{"ToUserName":"gh_1","Encrypt":"{{good}}"}""", Encrypt(Pusher.Change("b"))), HttpStatusCode.Forbidden, "push.signature_wrong");
        Refused(await pusher.SendCipher(Encrypt(Pusher.Media("t", "pass", appId: "wx0000000000000000"))), HttpStatusCode.Forbidden, "push.appid_wrong");
        foreach (var plain in (byte[][])[new byte[32], Raw(32, [0xff, 0xfe, 0x80]), Raw(0, "{}"u8.ToArray()), Raw(33, "{}"u8.ToArray()), Raw(-5, "{}"u8.ToArray())])
            Refused(await pusher.SendCipher(Sealed(plain)), HttpStatusCode.Forbidden, "push.cipher_wrong");
        Refused(await pusher.SendCipher(Encrypt("{\"FromUserName\":\"a\"}")), HttpStatusCode.BadRequest, "push.malformed");
        Refused(await pusher.SendCipher(""), HttpStatusCode.Forbidden, "push.mode_wrong");
        (await pusher.Post(new byte[PushReceiver.MaxBodyBytes + 1], "x")).Refused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        Assert.Empty(await Rows(app));
        Taken(await pusher.SendCipher(good));
    }

    [Fact]
    public async Task Where_no_pushes_are_set_up_none_are_taken()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite, settings: s => s with { WeChatSimulator = false, WeChatAppId = "wx1" });
        Refused(await app.Anyone.Get(PushDoor.Path), HttpStatusCode.NotFound, "push.not_set_up");
        Refused(await app.Anyone.Send(HttpMethod.Post, PushDoor.Path, new ByteArrayContent([1]), null), HttpStatusCode.NotFound, "push.not_set_up");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_poison_push_is_given_up_and_stops_no_other_and_all_are_forgotten_in_time(DatabaseKind database)
    {
        await using var app = await Pusher.Start(database);
        var pusher = new Pusher(app);
        Taken(await pusher.Send(Pusher.Change("a")));
        await app.Read(Seeding.CommunityId, db => db.Set<StoredPush>().ExecuteUpdateAsync(u => u.SetProperty(p => p.Payload, "v1.none.AAAA")));
        Taken(await pusher.Send(Pusher.Change("b")));
        for (var n = 0; n <= StoredPush.MaxAttempts; n++)
        {
            await app.Sweep("pushes.handle");
            app.Time.Advance(TimeSpan.FromHours(3));
        }

        var rows = await Rows(app);
        Assert.Equal((StoredPush.MaxAttempts + 1, "CryptographicException"), (rows[0].Attempts, rows[0].LastError));
        Assert.True(rows[0] is { DeadAt: not null, HandledAt: null } && rows[1] is { DeadAt: null, HandledAt: not null, Attempts: 1 });

        app.Time.SetUtcNow(rows[1].ReceivedAt + StoredPush.Retention);
        await app.Sweep("pushes.purge");
        Assert.Equal(2, (await Rows(app)).Count);
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await app.Sweep("pushes.purge");
        Assert.Empty(await Rows(app));
    }

    [Theory]
    [InlineData(PushMode.Plain), InlineData(PushMode.Compatible), InlineData(PushMode.Secure)]
    public async Task Thousands_of_mangled_pushes_get_a_plain_answer_and_never_a_500(PushMode mode)
    {
        await using var app = await Pusher.Start(DatabaseKind.Sqlite, mode);
        var (pusher, mangler, cipher) = (new Pusher(app, mode), new Mangler(17), new PushCipher(Pusher.Key, Pusher.AppId));
        string[] good = [.. s_shapes, Xml, Pusher.Media("t", "pass"), """{"FromUserName":"oU","CreateTime":5,"MsgType":"text","Content":"你好","MsgId":7}"""];
        var statuses = new HashSet<int>();
        for (var i = 0; i < 3000; i++)
        {
            if (i % 1000 == 0)
                app.Time.Advance(ReceivePush.Limit.Window);
            var message = good[mangler.Below(good.Length)];
            // By turns: the message, the ciphertext, the envelope is mangled, each under a signature that fits.
            var answer = (mode, mangler.Below(3)) switch
            {
                (PushMode.Plain, _) => await pusher.Post(mangler.Mangle(Encoding.UTF8.GetBytes(message)), null),
                (_, 0) => await pusher.SendCipher(cipher.Encrypt(Encoding.UTF8.GetString(mangler.Mangle(Encoding.UTF8.GetBytes(message))), mangler), mangler.Below(2) == 0),
                (_, 1) => await pusher.SendCipher(Convert.ToBase64String(mangler.Mangle(Convert.FromBase64String(cipher.Encrypt(message, mangler)))), mangler.Below(2) == 0),
                _ => await Enveloped(cipher.Encrypt(message, mangler)),
            };
            Assert.True(answer.Status == HttpStatusCode.OK ? answer.Text == ReceivePush.Taken : (int)answer.Status is >= 400 and < 500 && answer.Text.StartsWith("push.", StringComparison.Ordinal),
                $"{(int)answer.Status} {answer.Text} for try {i}");
            statuses.Add((int)answer.Status);
        }

        Assert.Contains(200, statuses);
        Assert.Contains(400, statuses);
        Assert.True(mode == PushMode.Plain || statuses.Contains(403));
        await app.Sweep("pushes.handle");
        Assert.DoesNotContain(await Rows(app), row => row.DeadAt is not null || row.LastError is not null);

        Task<Answer> Enveloped(string sealedText) => pusher.Post(mangler.Mangle(Encoding.UTF8.GetBytes($$"""{"ToUserName":"gh_1","Encrypt":"{{sealedText}}"}""")), sealedText);
    }

    private static void Taken(Answer answer) => Assert.Equal((HttpStatusCode.OK, "text/plain", ReceivePush.Taken), (answer.Status, answer.ContentType, answer.Text));

    private static void Refused(Answer answer, HttpStatusCode status, string code) => Assert.Equal((status, "text/plain", code), (answer.Status, answer.ContentType, answer.Text));

    private static Task<List<StoredPush>> Rows(PhoenixApp app) => app.Read(Seeding.CommunityId, db => db.Set<StoredPush>().AsNoTracking().OrderBy(p => p.Id).ToListAsync());

    // random[16] | length | message | appid, with a padding byte of our choice.
    private static byte[] Raw(int padding, byte[] message)
    {
        byte[] bytes = [.. new byte[16], 0, 0, 0, (byte)message.Length, .. message, .. Encoding.UTF8.GetBytes(Pusher.AppId)];
        var fill = 32 - bytes.Length % 32;
        return [.. bytes, .. Enumerable.Repeat((byte)(padding == 32 ? fill : padding), fill)];
    }

    private static string Sealed(byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Pusher.Key + "=");
        return Convert.ToBase64String(aes.EncryptCbc(plain, aes.Key.AsSpan(0, 16), PaddingMode.None));
    }
}
