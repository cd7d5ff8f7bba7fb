using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Apply;

/// <summary>
/// What "the same input" means: actor, route, commands and counters, hashed. Reasons are left out, since a hash of a short text could be opened
/// by guessing after the text was erased; a retry compares them through the salted commitment.
/// </summary>
internal sealed class InputHash
{
    /// <summary>Bytes kept of the SHA-256.</summary>
    public const int Bytes = 16;

    private byte[] _buffer = new byte[1024];
    private int _length;

    public byte[] Of(LedgerRequest request)
    {
        _length = 0;
        Add(request.Actor);
        Add(request.Route);
        Add(request.Commands.Count);
        foreach (var command in request.Commands)
            Add(command);
        Add(request.Counters.Count);
        foreach (var counter in request.Counters)
        {
            Add(counter.Key);
            Add(counter.Period);
            Add(counter.Add);
            Add(counter.Cap);
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(_buffer.AsSpan(0, _length), hash);
        return hash[..Bytes].ToArray();
    }

    private void Add(LedgerCommand command)
    {
        Add(command.Ref);
        Add(command.Rule);
        switch (command)
        {
            case Move c:
                Add((long)c.Kind);
                Add(c.Legs.Count);
                foreach (var leg in c.Legs)
                    Add(leg);
                break;
            case PlaceHold c:
                AddAll((long)PostingKind.Hold, c.Amount, c.ExpiresAt.ToUnixTimeMilliseconds());
                Add(c.Member);
                Add(c.To);
                break;
            case CaptureHold c:
                AddAll((long)PostingKind.Capture, c.Hold, c.Amount ?? -1);
                break;
            case ReleaseHold c:
                AddAll((long)PostingKind.Release, c.Hold);
                break;
            case ExpireHold c:
                AddAll((long)PostingKind.ExpireHold, c.Hold);
                break;
            case ExtendHold c:
                AddAll((long)PostingKind.Extend, c.Hold, c.ExpiresAt.ToUnixTimeMilliseconds());
                break;
            case RefundHold c:
                AddAll((long)PostingKind.Refund, c.Hold, c.Amount);
                break;
            case Reverse c:
                AddAll((long)PostingKind.Reverse, c.Target);
                break;
            case ExpireLot c:
                Add((long)PostingKind.ExpireLot);
                Add(c.Lot);
                break;
            case ExtendLot c:
                AddAll((long)PostingKind.ExtendLot, Days.ToNumber(c.ExpiresOn));
                Add(c.Lot);
                break;
            case OpenAccount c:
                AddAll((long)PostingKind.Open, c.Floor, c.Ceiling ?? -1);
                Add(c.Key);
                break;
            case SetPolicy c:
                AddAll((long)PostingKind.Policy, c.IssueFrozen ? 1 : 0, c.RedeemFrozen ? 1 : 0, c.GraceDays);
                break;
            default:
                throw new InvalidOperationException($"unknown command {command.GetType().Name}");
        }
    }

    private void Add(Leg leg)
    {
        Add(leg.From);
        Add(leg.To);
        Add(leg.Amount);
    }

    private void Add(in AccountKey key)
    {
        AddAll((long)key.Kind, (long)key.Asset, key.ExpiresNumber);
        Add(key.Owner);
    }

    private void AddAll(params ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
            Add(number);
    }

    private void Add(long number)
    {
        Room(8);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), number);
        _length += 8;
    }

    private void Add(Guid id)
    {
        Room(16);
        id.TryWriteBytes(_buffer.AsSpan(_length), bigEndian: true, out _);
        _length += 16;
    }

    private void Add(string text)
    {
        Room(text.Length * 3 + 8);
        var written = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length + 8));
        Add(written);
        _length += written;
    }

    private void Room(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
