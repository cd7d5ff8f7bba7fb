using System.Text;
using Phoenix.Ledger.Verify;

namespace Phoenix.Ledger.Tests.Verify;

/// <summary>Gives lines or bytes to the verifier.</summary>
internal static class Files
{
    /// <summary>Chains, signs and verifies.</summary>
    public static Task<VerifyReport> Prove(this Forge forge, VerifyOptions? options = null) => Verify(Bytes(forge.Lines()), options);

    public static Task<VerifyReport> Verify(IEnumerable<string> lines, VerifyOptions? options = null) => Verify(Bytes(lines), options);

    public static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));

    public static async Task<VerifyReport> Verify(byte[] bytes, VerifyOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return await JournalVerifier.Verify(stream, options ?? new VerifyOptions(), TestContext.Current.CancellationToken);
    }

    /// <summary>The fault is there, is this one, and names this line.</summary>
    public static void Names(VerifyReport report, string code, long line, string because = "")
    {
        Assert.True(report.Fault is not null, $"not found: {code} in line {line} {because}");
        Assert.True(string.Equals(code, report.Fault.Code, StringComparison.Ordinal) && line == report.Fault.Line, $"wanted {code} in line {line}, got {report.Fault} {because}");
        Assert.Equal(code.StartsWith("verify.", StringComparison.Ordinal), report.Fault.Chinese.EndsWith('。'));
        Assert.EndsWith(".", report.Fault.English, StringComparison.Ordinal);
    }
}
