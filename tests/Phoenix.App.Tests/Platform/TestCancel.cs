global using static Phoenix.App.Tests.Platform.TestCancel;

namespace Phoenix.App.Tests.Platform;

/// <summary>The running test's own cancellation, by a short name.</summary>
internal static class TestCancel
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
