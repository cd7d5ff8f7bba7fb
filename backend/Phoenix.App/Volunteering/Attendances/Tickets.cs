using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>A scan that may be used for ten minutes, once: what a code was exchanged for.</summary>
/// <param name="CommunityId">Where.</param>
/// <param name="ShiftId">Which shift.</param>
/// <param name="Id">Its own; the request id under which it is used.</param>
/// <param name="ScannedAt">When the code was scanned, which is when the person came or went.</param>
/// <param name="Way"><see cref="CheckWay.Scan"/> or <see cref="CheckWay.VenueCode"/>.</param>
internal sealed record Ticket(int CommunityId, Guid ShiftId, Guid Id, DateTimeOffset ScannedAt, CheckWay Way)
{
    /// <summary>A ticket used for these people is one request: the same again gets the same answer, anything else is refused.</summary>
    public RequestId Request(Guid person, IReadOnlyCollection<Guid> members) => new(
        Id, person, SHA256.HashData(Encoding.UTF8.GetBytes($"check-in\n{person:N}\n{ShiftId:N}\n{string.Join('\n', members.Order())}")));
}

/// <summary>
/// Makes and reads tickets: <c>base64url(way, community, shift, id, milliseconds) "." MAC</c>. Nothing is stored until one is used, so that anonymous calls
/// write nothing.
/// </summary>
internal sealed class Tickets(KeyRing keys, IIds ids, Clock clock)
{
    /// <summary>How long a ticket may be used: a cold start, login and consent take their time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int Bytes = 1 + 4 + 16 + 16 + 8;
    private const int MaxLength = 200;

    /// <summary>A ticket of now.</summary>
    public (string Text, DateTimeOffset ScannedAt) Issue(int community, Guid shift, CheckWay way)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.Now.ToUnixTimeMilliseconds());
        var bytes = new byte[Bytes];
        bytes[0] = (byte)way;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), community);
        shift.TryWriteBytes(bytes.AsSpan(5), bigEndian: true, out _);
        ids.New().TryWriteBytes(bytes.AsSpan(21), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(37), now.ToUnixTimeMilliseconds());
        return ($"{Base64Url.EncodeToString(bytes)}.{keys.Mac(KeyPurpose.CheckInCodes, Signed(bytes))}", now);
    }

    /// <summary>The ticket, or <see cref="TicketUnreadable"/>.</summary>
    public Result<Ticket> Read(string text, int community)
    {
        if (text.Length > MaxLength || text.Split('.', 2) is not [var first, var mac] || !Base64Url.IsValid(first, out var length) || length != Bytes)
            return new TicketUnreadable();
        var bytes = Base64Url.DecodeFromChars(first);
        if (!keys.VerifyMac(KeyPurpose.CheckInCodes, Signed(bytes), mac) || BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1)) != community)
            return new TicketUnreadable();
        return new Ticket(
            community, new Guid(bytes.AsSpan(5, 16), bigEndian: true), new Guid(bytes.AsSpan(21, 16), bigEndian: true),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(37))), (CheckWay)bytes[0]);
    }

    /// <summary>Whether the ticket may still be used for the first time.</summary>
    public bool IsOver(Ticket ticket) => clock.Now >= ticket.ScannedAt + Lifetime;

    // The same key signs codes: what stands before the bytes makes one no good as the other.
    private static byte[] Signed(byte[] bytes) => [.. "phoenix/ticket\n"u8, .. bytes];
}
