using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Http;

/// <summary>Whatever is sent: a clear refusal, nothing done, never a 500.</summary>
public sealed class BadInputTests
{
    private const string Day = "calendar/entries/2026-12-24";

    public static TheoryData<DatabaseKind, string, string> BrokenBodies()
    {
        (string Body, string Code)[] bodies =
        [
            ("", "request.body_missing"),
            ("{", "request.broken_json"),
            ("{\"isWorking\":true,\"note\":\"好\"", "request.broken_json"),
            ("不是JSON", "request.broken_json"),
            ("{\"isWorking\":true,\"note\":\"好\"} x", "request.broken_json"),
            ("{'isWorking':true}", "request.broken_json"),
            ("null", "request.body_missing"),
            ("[]", "request.wrong_type"),
            ("7", "request.wrong_type"),
            ("{}", "request.wrong_type"),
            ("{\"isWorking\":true}", "request.wrong_type"),
            ("{\"isWorking\":true,\"note\":null}", "request.wrong_type"),
            ("{\"isWorking\":\"true\",\"note\":\"好\"}", "request.wrong_type"),
            ("{\"isWorking\":1,\"note\":\"好\"}", "request.wrong_type"),
            ("{\"isWorking\":true,\"note\":7}", "request.wrong_type"),
            ("{\"isWorking\":true,\"note\":[\"好\"]}", "request.wrong_type"),
            ("{\"isWorking\":true,\"note\":\"好\",\"extra\":1}", "request.unknown_field"),
            ("{\"IsWorking\":true,\"note\":\"好\"}", "request.unknown_field"),
            ("{\"isWorking\":true,\"isWorking\":false,\"note\":\"好\"}", "request.wrong_type"),
        ];
        var data = new TheoryData<DatabaseKind, string, string>();
        foreach (var (body, code) in bodies)
            foreach (var kind in Enum.GetValues<DatabaseKind>())
                data.Add(kind, body, code);
        return data;
    }

    [Theory, MemberData(nameof(BrokenBodies))]
    public async Task A_body_that_is_not_the_one_expected_is_refused_by_what_is_wrong_with_it(DatabaseKind database, string body, string code)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        (await staff.Put(Day, body)).Refused(HttpStatusCode.BadRequest, code);
        Assert.Empty((await staff.Get("calendar/entries")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_wrong_field_is_named()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var staff = await app.Staff();
        var wrong = (await staff.Put(Day, "{\"isWorking\":true,\"note\":7}")).Refused(HttpStatusCode.BadRequest, "request.wrong_type");
        Assert.Equal("$.note", Assert.Single(wrong.Errors!).Key);
        var unknown = (await staff.Put(Day, "{\"isWorking\":true,\"note\":\"好\",\"extra\":1}")).Refused(HttpStatusCode.BadRequest, "request.unknown_field");
        Assert.Equal("$.extra", Assert.Single(unknown.Errors!).Key);
    }

    [Fact]
    public async Task Unknown_routes_wrong_methods_and_wrong_content_types_are_refused()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var staff = await app.Staff();
        (await app.Anyone.Get("/api/v1/nothing")).Refused(HttpStatusCode.NotFound, "route.unknown");
        (await app.Anyone.Get("/nothing")).Refused(HttpStatusCode.NotFound, "route.unknown");
        (await staff.Get("calendar/entries/2026-12-24/more")).Refused(HttpStatusCode.NotFound, "route.unknown");
        (await staff.Post("calendar")).Refused(HttpStatusCode.MethodNotAllowed, "route.method");
        (await staff.Delete("/api/v1/communities")).Refused(HttpStatusCode.MethodNotAllowed, "route.method");
        (await staff.Send(HttpMethod.Patch, Day, null, null)).Refused(HttpStatusCode.MethodNotAllowed, "route.method");
        foreach (var type in (string[])["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"])
            (await staff.Send(HttpMethod.Put, Day, new StringContent("{\"isWorking\":true,\"note\":\"好\"}", Encoding.UTF8, type), app.NewRequestId()))
                .Refused(HttpStatusCode.UnsupportedMediaType, "request.unsupported_type");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1%20")]
    public async Task A_community_that_is_no_number_or_nobody_s_is_unknown(string community)
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        (await app.Anyone.Get($"/api/v1/communities/{community}")).Refused(HttpStatusCode.NotFound, "community.unknown");
    }

    [Theory]
    [InlineData("from=x&to=2026-01-01")]
    [InlineData("from=2026-02-30&to=2026-03-01")]
    [InlineData("to=2026-01-01")]
    [InlineData("")]
    public async Task A_parameter_that_is_missing_or_unreadable_is_refused(string query)
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        (await app.Anyone.Get("calendar?" + query)).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whether_or_not_it_says_its_length()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var staff = await app.Staff();
        var huge = "{\"isWorking\":true,\"note\":\"" + new string('a', RequestBodies.DefaultLimitBytes) + "\"}";
        (await staff.Put(Day, huge)).Refused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");

        var unsized = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(huge)));
        unsized.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        unsized.Headers.ContentLength = null;
        (await staff.Send(HttpMethod.Put, Day, unsized, app.NewRequestId())).Refused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Fact]
    public async Task Thousands_of_mangled_bodies_and_addresses_never_make_a_500()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var staff = await app.Staff();
        var random = new SeededRandomness(7);
        var good = Encoding.UTF8.GetBytes("{\"isWorking\":true,\"note\":\"社区停电\"}");
        var statuses = new HashSet<int>();
        for (var i = 0; i < 2000; i++)
        {
            if (i % RateLimits.Default.Permits == 0)
                app.Time.Advance(RateLimits.Default.Window);
            var body = Mangled(good, random);
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var address = i % 4 == 0 ? "calendar/entries/" + Uri.EscapeDataString(Encoding.Latin1.GetString(Mangled("2026-12-24"u8.ToArray(), random))) : Day;
            if (address.Contains("%00", StringComparison.Ordinal))
                continue; // A null character ends a request in the server, before the product.
            var answer = await staff.Send(HttpMethod.Put, address, content, app.NewRequestId());
            Assert.True((int)answer.Status is 200 or (>= 400 and < 500), $"{(int)answer.Status} for {address} {Convert.ToHexString(body)}: {answer.Text}");
            statuses.Add((int)answer.Status);
        }

        Assert.Contains(200, statuses);
        Assert.Contains(400, statuses);
    }

    private static byte[] Mangled(byte[] good, SeededRandomness random)
    {
        Span<byte> dice = stackalloc byte[4];
        random.Fill(dice);
        var bytes = good.ToList();
        for (var n = 0; n < dice[0] % 4; n++)
        {
            random.Fill(dice);
            var at = dice[1] % Math.Max(1, bytes.Count);
            if (dice[2] % 3 == 0 && bytes.Count > 1)
                bytes.RemoveAt(at);
            else if (dice[2] % 3 == 1)
                bytes.Insert(at, dice[3]);
            else
                bytes[at] = dice[3];
        }

        return [.. bytes];
    }
}
