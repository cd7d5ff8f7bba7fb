using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Phoenix.App.Tests.Harness;

/// <summary>Keeps every line that is logged, as it would be written.</summary>
public sealed class LogLines : ILoggerProvider
{
    /// <summary>The lines.</summary>
    public ConcurrentQueue<(LogLevel Level, string Category, string Text)> Lines { get; } = new();

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc />
    public void Dispose() => Lines.Clear();

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Lines.Enqueue((logLevel, category, formatter(state, exception) + exception));
    }
}
