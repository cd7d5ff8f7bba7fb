using System.Security.Cryptography;
using System.Text.Json;
using Phoenix.App.Http;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;

namespace Phoenix.App.Data;

/// <summary>How a request's answer is stored with it and given again: for <see cref="UnitOfWork"/>, and for writers that commit many requests at once.</summary>
internal static class Answers
{
    /// <summary>A record of a request, still without its answer.</summary>
    public static RequestRecord Record(this KeyRing keys, int community, RequestId request, DateTimeOffset now) => new()
    {
        CommunityId = community,
        Id = request.Id,
        PersonId = request.PersonId,
        InputHash = Keyed(keys.Current(KeyPurpose.KeyedHash), request),
        CreatedAt = now,
    };

    /// <summary>Puts the answer into the record.</summary>
    public static void Answer<T>(this KeyRing keys, RequestRecord record, T value) =>
        record.Response = keys.Encrypt(JsonSerializer.Serialize(value, PhoenixJson.Options), RequestRecord.ResponsePlace(record.CommunityId, record.Id));

    /// <summary>The stored answer, or <see cref="RequestIdReused"/> where the input is another.</summary>
    public static Result<T> Replay<T>(this KeyRing keys, RequestRecord before, RequestId request) =>
        keys.All(KeyPurpose.KeyedHash).Any(key => CryptographicOperations.FixedTimeEquals(before.InputHash, Keyed(key, request)))
            ? JsonSerializer.Deserialize<T>(keys.Decrypt(before.Response!, RequestRecord.ResponsePlace(before.CommunityId, before.Id)), PhoenixJson.Options)!
            : new RequestIdReused();

    // Inputs hold phone and ID numbers: a plain hash of one could be found out by trying them all.
    private static byte[] Keyed(Subkey key, RequestId request) => HMACSHA256.HashData(key.Bytes, request.InputHash);
}
