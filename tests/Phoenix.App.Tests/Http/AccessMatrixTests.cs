using System.Net;
using System.Text;
using System.Text.Json;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Http;

/// <summary>
/// Every operation of the OpenAPI document by nobody, by a stranger, by every role, and by every role of another community: who is not
/// declared is refused, who is declared is not refused for that reason.
/// </summary>
public sealed class AccessMatrixTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_operation_lets_in_those_it_declares_and_nobody_else(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var operations = await Operations();
        Assert.True(operations.Count >= 9);
        foreach (var (method, path, access, form) in operations)
        {
            if (access is ["anyone"])
            {
                Assert.False(IsAccessRefusal(await Call(app, app.Anyone, method, path, form)), $"{method} {path} refuses nobody in particular.");
                continue;
            }

            (await Call(app, app.Anyone, method, path, form)).Refused(HttpStatusCode.Unauthorized, "auth.required");
            if (access is ["signedIn"])
                continue;
            (await Call(app, await app.Person(), method, path, form)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
            foreach (var role in Enum.GetValues<Role>())
            {
                var (here, elsewhere) = (await app.Person(role), await app.Person(TestDatabases.OtherCommunity, role));
                var declared = access.Contains(JsonNamingPolicy.CamelCase.ConvertName(role.ToString()));
                var answer = await Call(app, here, method, path, form);
                Assert.True(IsAccessRefusal(answer) != declared, $"{method} {path} by {role}: {(int)answer.Status} {answer.Text}");
                (await Call(app, elsewhere.In(1), method, path, form)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
            }
        }
    }

    private static bool IsAccessRefusal(Answer answer) => answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    private static Task<Answer> Call(PhoenixApp app, TestCaller caller, string method, string path, bool form)
    {
        var address = path.Replace("{communityId}", "1", StringComparison.Ordinal).Replace("{date}", "2026-12-24", StringComparison.Ordinal)
            .Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("{", address, StringComparison.Ordinal);
        HttpContent? content = method switch
        {
            "get" or "delete" => null,
            _ when form => new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.jpg" } },
            _ => new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        return caller.Send(HttpMethod.Parse(method), address, content, method == "get" ? null : app.NewRequestId());
    }

    private static async Task<List<(string Method, string Path, string[] Access, bool Form)>> Operations()
    {
        using var document = JsonDocument.Parse(await PhoenixHost.OpenApiDocument(CancellationToken.None));
        return
        [
            .. from path in document.RootElement.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               let access = operation.Value.GetProperty(OpenApi.AccessExtension).EnumerateArray().Select(a => a.GetString()!).ToArray()
               let form = operation.Value.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("multipart/form-data", out _)
               select (operation.Name, path.Name, access, form),
        ];
    }
}
