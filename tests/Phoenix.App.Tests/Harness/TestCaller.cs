using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;

namespace Phoenix.App.Tests.Harness;

/// <summary>
/// Somebody with a phone: sends requests with an access token (or none), with a new request id for each unsafe one unless told which.
/// Addresses that begin without a slash are inside the caller's community.
/// </summary>
public sealed class TestCaller(HttpClient http, IIds ids, string? token, int communityId)
{
    /// <summary>The person; empty for nobody.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The signed-in device; empty for nobody.</summary>
    public Guid SessionId { get; init; }

    /// <summary>The access token; null for nobody.</summary>
    public string? Token => token;

    /// <summary>The same person with another token.</summary>
    public TestCaller With(string? otherToken) => new(http, ids, otherToken, communityId) { PersonId = PersonId, SessionId = SessionId };

    /// <summary>The same person calling into another community.</summary>
    public TestCaller In(int otherCommunity) => new(http, ids, token, otherCommunity) { PersonId = PersonId, SessionId = SessionId };

    /// <summary>Reads.</summary>
    public Task<Answer> Get(string address) => Send(HttpMethod.Get, address, null, null);

    /// <summary>Sends JSON.</summary>
    public Task<Answer> Post(string address, object? body = null, Guid? requestId = null) => Send(HttpMethod.Post, address, Json(body), requestId ?? ids.New());

    /// <summary>Puts JSON.</summary>
    public Task<Answer> Put(string address, object? body, Guid? requestId = null) => Send(HttpMethod.Put, address, Json(body), requestId ?? ids.New());

    /// <summary>Deletes.</summary>
    public Task<Answer> Delete(string address, Guid? requestId = null) => Send(HttpMethod.Delete, address, null, requestId ?? ids.New());

    /// <summary>Sends anything.</summary>
    /// <param name="method">The method.</param>
    /// <param name="address">Inside the community, or from the root with a slash.</param>
    /// <param name="content">The body.</param>
    /// <param name="requestId">The request id; none if null.</param>
    public async Task<Answer> Send(HttpMethod method, string address, HttpContent? content, Guid? requestId, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address.StartsWith('/') ? address : $"/api/v1/communities/{communityId}/{address}".TrimEnd('/')) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (requestId is { } id)
            request.Headers.Add(RequestId.Header, id.ToString());
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(), response.Headers);
    }

    private static StringContent? Json(object? body) => body is null ? null : new StringContent(
        body as string ?? JsonSerializer.Serialize(body, PhoenixJson.Options), Encoding.UTF8, "application/json");
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, string? ContentType, byte[] Bytes, HttpResponseHeaders Headers)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    /// <summary>The body of a success.</summary>
    public T Ok<T>()
    {
        Assert.True(Status == HttpStatusCode.OK, $"Expected 200, got {(int)Status}: {Text}");
        return JsonSerializer.Deserialize<T>(Bytes, PhoenixJson.Options)!;
    }

    /// <summary>Checks that it is a proper refusal with this status and code, and returns it.</summary>
    public Problem Refused(HttpStatusCode status, string code)
    {
        Assert.True(Status == status, $"Expected {(int)status} {code}, got {(int)Status}: {Text}");
        Assert.Equal(Problem.MediaType, ContentType);
        var problem = JsonSerializer.Deserialize<Problem>(Bytes, PhoenixJson.Options)!;
        Assert.Equal(code, problem.Code);
        Assert.Equal((int)status, problem.Status);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}.*。$", problem.Title);
        Assert.NotEmpty(problem.TraceId);
        Assert.All(problem.Errors?.Values.SelectMany(sentences => sentences) ?? [], sentence => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}.*。$", sentence));
        return problem;
    }
}
