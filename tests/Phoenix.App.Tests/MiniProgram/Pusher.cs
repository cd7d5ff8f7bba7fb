using System.Globalization;
using System.Text;
using Phoenix.App.Hosting;
using Phoenix.App.MiniProgram.Push;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.WeChat.Push;

namespace Phoenix.App.Tests.MiniProgram;

/// <summary>WeChat's side of a push: signs and encrypts as it does, in every mode and format, and as somebody would who only pretends.</summary>
internal sealed class Pusher(PhoenixApp app, PushMode mode = PushMode.Secure)
{
    public const string AppId = "wxb11529c136998cb6";
    public const string Token = "q7Xw2Rk9Lm4Z";
    public const string Key = "k3YpT8sWz1QdLx0VbN6mRc9HgJf2Ua7EoKi5Ml4Pr0B";

    private readonly SeededRandomness _random = new(5);

    public static HostSettings Settings(HostSettings settings, PushMode mode) => settings with { WeChatAppId = AppId, WeChatPush = new PushSecrets(Token, Key), WeChatPushMode = mode };

    public static Task<PhoenixApp> Start(DatabaseKind database, PushMode mode = PushMode.Secure, Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? customize = null) =>
        PhoenixApp.Start(database, customize: customize, settings: s => Settings(s, mode));

    /// <summary>The message as its mode and format demand, signed now.</summary>
    public Task<Answer> Send(string message, bool isXml = false, TimeSpan age = default) => mode == PushMode.Plain
        ? Post(message, null, age)
        : SendCipher(new PushCipher(Key, AppId).Encrypt(message, _random), isXml, mode == PushMode.Compatible ? message : null, age);

    /// <summary>A ciphertext in its envelope, with a plain part beside it or not.</summary>
    public Task<Answer> SendCipher(string cipher, bool isXml = false, string? plain = null, TimeSpan age = default)
    {
        var body = (isXml, plain) switch
        {
            (true, null) => $"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[{cipher}]]></Encrypt></xml>",
            (true, _) => plain.Replace("</xml>", $"<Encrypt><![CDATA[{cipher}]]></Encrypt></xml>", StringComparison.Ordinal),
            (false, null) => $$"""{"ToUserName":"gh_1","Encrypt":"{{cipher}}"}""",
            (false, _) => plain[..^1] + $",\"Encrypt\":\"{cipher}\"}}",
        };
        return Post(body, cipher, age);
    }

    /// <summary>Any body under a good signature.</summary>
    public Task<Answer> Post(string body, string? cipher, TimeSpan age = default) => Post(Encoding.UTF8.GetBytes(body), cipher, age);

    /// <summary>Any bytes under a good signature.</summary>
    public Task<Answer> Post(byte[] body, string? cipher, TimeSpan age = default)
    {
        var time = (app.Now - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var query = $"?signature={PushSignature.Compute(Token, time, "n1")}&timestamp={time}&nonce=n1&openid=oU" +
            (cipher is null ? "" : $"&encrypt_type=aes&msg_signature={PushSignature.Compute(Token, time, "n1", cipher)}");
        return app.Anyone.Send(HttpMethod.Post, PushDoor.Path + query, new ByteArrayContent(body), null);
    }

    /// <summary>An event of one template, in JSON.</summary>
    public static string Change(string openId, string template = "t1", long at = 1) =>
        $$"""{"ToUserName":"gh_1","FromUserName":"{{openId}}","CreateTime":{{at}},"MsgType":"event","Event":"subscribe_msg_change_event","List":{"TemplateId":"{{template}}","SubscribeStatusString":"reject"} }""";

    /// <summary>The judgement of a picture, in JSON.</summary>
    public static string Media(string trace, string suggest, string appId = AppId) =>
        $$"""{"ToUserName":"gh_1","FromUserName":"oWeChat","CreateTime":1,"MsgType":"event","Event":"wxa_media_check","appid":"{{appId}}","trace_id":"{{trace}}","version":2,"result":{"suggest":"{{suggest}}","label":"100"},"detail":[]}""";
}
