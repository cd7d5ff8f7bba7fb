namespace Phoenix.Ledger.Tests.Verify;

/// <summary>Seeded numbers (SplitMix64), the same on every machine and run.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public int Next(int below)
    {
        _state += 0x9e3779b97f4a7c15;
        var x = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return (int)((x ^ (x >> 31)) % (ulong)below);
    }

    public T Pick<T>(IReadOnlyList<T> of) => of[Next(of.Count)];
}
