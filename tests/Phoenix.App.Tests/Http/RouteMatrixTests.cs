using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Http;

/// <summary>
/// Every operation of the OpenAPI document by nobody, by somebody whose session was ended, by a stranger, by every role here, by somebody who has every
/// role in another community, and with another community's ids: who is not declared is refused, who is declared is not refused for that reason, and what belongs to
/// another community is as unknown as what nobody has. A new route is covered by being there.
/// </summary>
public sealed partial class RouteMatrixTests
{
    /// <summary>Routes outside the document, each with the reason; anything else must be in it.</summary>
    private static readonly Dictionary<string, string> s_outside = new(StringComparer.Ordinal)
    {
        ["GET /"] = "leads a newcomer to the API docs",
        ["GET /openapi/{documentName}.json"] = "the document itself",
        ["GET /docs/{documentName?}"] = "the document for people",
        ["GET /docs/favicon.svg"] = "its picture",
        ["GET /docs/scalar.js"] = "its script",
        ["GET /docs/scalar.aspnetcore.js"] = "its script",
        ["GET /health/live"] = "for the process's keeper",
        ["GET /health/ready"] = "for the balancer and the operator",
        ["GET /wechat/push"] = "WeChat's console checks the address; the signature decides",
        ["POST /wechat/push"] = "WeChat tells us something; the signature decides",
        ["GET /verify/{communityId}/{number}"] = "anybody checks a printed certificate",
        ["GET /q/{**code}"] = "a page for other scanners, the same for every code",
    };

    /// <summary>Addresses below which nothing is in the document, each with the reason.</summary>
    private static readonly Dictionary<string, string> s_outsideBelow = new(StringComparer.Ordinal)
    {
        ["/simulator"] = "speaks as WeChat does; only with --wechat simulator, and then only this machine is served",
    };

    /// <summary>Operations whose handler asks for the live session itself, since they end it and answer a retry; each with the test that tries it.</summary>
    private static readonly Dictionary<string, string> s_afterSignOut = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/account/closing"] = "PrivacyTests",
        ["POST /api/v1/communities/{communityId}/account-binding"] = "GuardianTests",
    };

    // On one database: what both must agree on, roles and sessions, is looked up by AccessTests on each.
    [Fact]
    public async Task Every_operation_lets_in_those_it_declares_and_nobody_else()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var operations = await ApiOperation.All(app);
        Assert.True(operations.Count >= 30);
        var cast = await Cast.Gather(app);
        foreach (var operation in operations)
            if (await cast.Try(operation))
                cast = await Cast.Gather(app);
    }

    [Fact]
    public async Task What_belongs_to_another_community_is_as_unknown_as_what_nobody_has()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var everybody = await app.Person(Enum.GetValues<Role>());
        var (foreign, nobodys) = (new[] { app.NewRequestId(), app.NewRequestId() }, app.NewRequestId());
        var tables = await ForeignRows.Plant(app, TestDatabases.OtherCommunity, foreign);
        Assert.True(tables >= 20, $"Only {tables} tables got rows of the other community.");
        var (compared, found) = (0, new List<string>());
        foreach (var operation in (await ApiOperation.All(app)).Where(o => o.IsInCommunity && o.TakesId))
        {
            var unknown = await operation.Send(everybody, app.NewRequestId(), nobodys);
            foreach (var id in foreign)
            {
                var other = await operation.Send(everybody, app.NewRequestId(), id);
                var mayDiffer = operation.IsUnsafe && unknown.Status == HttpStatusCode.OK;
                if ((int)other.Status >= 500 || (!mayDiffer && Told(unknown, nobodys) != Told(other, id)))
                    found.Add($"{operation} tells another community's id from nobody's: {(int)unknown.Status} {unknown.Text} / {(int)other.Status} {other.Text}");
            }

            compared++;
            if (operation.IsUnsafe && unknown.Status == HttpStatusCode.OK)
                everybody = await app.Person(Enum.GetValues<Role>());
        }

        Assert.Equal("", string.Join("\n", found));
        Assert.True(compared >= 8, $"Only {compared} operations take an id.");
    }

    [Fact]
    public async Task Every_route_is_in_the_document_or_listed_here_declares_who_may_call_it_and_takes_a_request_id_or_says_why_not()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var documented = (await ApiOperation.All(app)).Select(o => o.ToString()).ToHashSet(StringComparer.Ordinal);
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.Equal("", string.Join("\n", Violations(routes, documented)));
        Assert.Empty(s_outside.Keys.Except(routes.SelectMany(Names), StringComparer.Ordinal));

        var planted = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/v1/planted"), 0, new EndpointMetadataCollection(new HttpMethodMetadata(["POST"])), "planted");
        Assert.Equal(
            ["POST /api/v1/planted declares no access.", "POST /api/v1/planted is neither in the OpenAPI document nor listed with a reason.", "POST /api/v1/planted takes no request id and doesn't say why."],
            Violations([.. routes, planted], documented));
    }

    [Fact]
    public void A_host_with_a_route_that_declares_no_access_does_not_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        using var bare = builder.Build();
        bare.MapGet("/planted", () => "x");
        bare.UseRouting().UseEndpoints(_ => { });
        var refusal = Assert.Throws<InvalidOperationException>(() => RouteAccessExtensions.EnsureDeclared(bare.Services.GetRequiredService<EndpointDataSource>()));
        Assert.Contains("/planted declares no access", refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Violations(IEnumerable<RouteEndpoint> routes, HashSet<string> documented)
    {
        foreach (var route in routes)
            foreach (var name in Names(route))
            {
                if (route.Metadata.GetMetadata<RouteAccess>() is null)
                    yield return $"{name} declares no access.";
                if (!documented.Contains(name) && !s_outside.ContainsKey(name) && !s_outsideBelow.Keys.Any(below => IsBelow(route, below)))
                    yield return $"{name} is neither in the OpenAPI document nor listed with a reason.";
                if (name[..name.IndexOf(' ', StringComparison.Ordinal)] is not ("GET" or "HEAD") && route.Metadata.GetMetadata<TakesRequestId>() is null && route.Metadata.GetMetadata<WithoutRequestId>() is null)
                    yield return $"{name} takes no request id and doesn't say why.";
            }
    }

    private static bool IsBelow(RouteEndpoint route, string address) =>
        route.RoutePattern.RawText!.TrimStart('/') is var path && (path == address[1..] || path.StartsWith(address[1..] + "/", StringComparison.Ordinal));

    private static IEnumerable<string> Names(RouteEndpoint route)
    {
        var path = "/" + Constraint().Replace(route.RoutePattern.RawText!, "").TrimStart('/');
        return (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(m => m != "HEAD").Select(method => $"{method} {(path.Length > 1 ? path.TrimEnd('/') : path)}");
    }

    // The same words about either id, whatever the trace.
    private static string Told(Answer answer, Guid id) => (int)answer.Status + Trace().Replace(answer.Text, "").Replace(id.ToString(), "ID", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<=\{\w+):[^}]+(?=\})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constraint();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Trace();

    /// <summary>One person for every part in the matrix.</summary>
    private sealed class Cast(PhoenixApp app, TestCaller stranger, TestCaller ended, TestCaller elsewhere, IReadOnlyDictionary<Role, TestCaller> holders)
    {
        public static async Task<Cast> Gather(PhoenixApp app)
        {
            var ended = await app.Person(Enum.GetValues<Role>());
            await app.Read(Seeding.CommunityId, db => db.Set<Session>().Where(s => s.PersonId == ended.PersonId).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, app.Now)));
            var holders = new Dictionary<Role, TestCaller>();
            foreach (var role in Enum.GetValues<Role>())
                holders[role] = await app.Person(role);
            var elsewhere = await app.Person(TestDatabases.OtherCommunity, Enum.GetValues<Role>());
            return new Cast(app, await app.Person(), ended, elsewhere.In(Seeding.CommunityId), holders);
        }

        /// <summary>Everybody calls it. True if it had an effect, which may have changed somebody.</summary>
        public async Task<bool> Try(ApiOperation operation)
        {
            var hadEffect = false;
            if (operation.Access is ["anyone"])
            {
                Assert.False(IsRefused(await Call(app.Anyone)), $"{operation} refuses nobody in particular.");
                return false;
            }

            (await Call(app.Anyone)).Refused(HttpStatusCode.Unauthorized, "auth.required");
            if (!s_afterSignOut.ContainsKey(operation.ToString()))
                (await Call(ended)).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
            (await Call(stranger.With(stranger.Token + "x"))).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
            if (operation.Access is ["signedIn"])
            {
                Assert.False(IsRefused(await Call(stranger)), $"{operation} refuses somebody who is signed in.");
                return hadEffect;
            }

            (await Call(stranger)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
            (await Call(elsewhere)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
            foreach (var (role, here) in holders)
            {
                var isDeclared = operation.Access.Contains(JsonNamingPolicy.CamelCase.ConvertName(role.ToString()));
                var answer = await Call(here);
                Assert.True(IsRefused(answer) != isDeclared, $"{operation} by {role}: {(int)answer.Status} {answer.Text}");
            }

            return hadEffect;

            async Task<Answer> Call(TestCaller caller)
            {
                var answer = await operation.Send(caller, app.NewRequestId(), Guid.Empty, isEmpty: true);
                hadEffect |= operation.IsUnsafe && answer.Status == HttpStatusCode.OK;
                return answer;
            }
        }

        private static bool IsRefused(Answer answer) =>
            answer.Status == HttpStatusCode.Unauthorized || (answer.Status == HttpStatusCode.Forbidden && answer.Text.Contains("auth.role_needed", StringComparison.Ordinal));
    }
}
