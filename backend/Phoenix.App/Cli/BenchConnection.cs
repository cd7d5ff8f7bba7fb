using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Phoenix.App.Cli;

/// <summary>
/// One HTTP/1.1 connection that sends requests and reads whole answers, as load tools do: client and server share the machine, and what the client costs
/// isn't the server's figure.
/// </summary>
internal sealed class BenchConnection(Socket socket, Uri address) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <summary>Connects.</summary>
    public static async Task<BenchConnection> Open(Uri address, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, cancel);
        return new BenchConnection(socket, address);
    }

    /// <summary>A request that POSTs JSON with a token and a request id.</summary>
    public static byte[] Request(Uri address, string path, string json, string token, Guid requestId) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {requestId}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Makes the request and sends it.</summary>
    /// <returns>The body of a success.</returns>
    /// <exception cref="InvalidOperationException">Another status than 200.</exception>
    public async Task<string> Post(string path, string json, string token, Guid requestId, CancellationToken cancel)
    {
        var answer = await Send(Request(address, path, json, token, requestId), cancel);
        return Encoding.UTF8.GetString(answer.Span);
    }

    /// <summary>Sends a request made beforehand and waits for its answer.</summary>
    /// <returns>The body of a success, until the next is sent.</returns>
    /// <exception cref="InvalidOperationException">Another status than 200.</exception>
    public async Task<ReadOnlyMemory<byte>> Send(byte[] request, CancellationToken cancel)
    {
        await socket.SendAsync(request, cancel);
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(length), cancel);
            if (read == 0)
                throw new InvalidOperationException("The server closed the connection.");
            length += read;
            if (Whole(_buffer.AsSpan(0, length)) is not { } body)
                continue;
            return _buffer.AsSpan(9, 3).SequenceEqual("200"u8)
                ? _buffer.AsMemory(0, length)[body]
                : throw new InvalidOperationException($"Answered: {Encoding.UTF8.GetString(_buffer, 0, length)}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => socket.Dispose();

    // Answers are small: with a length, or in one chunk and the end.
    private static Range? Whole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return null;
        var start = head + 4;
        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at >= 0)
            return Utf8Parser.TryParse(answer[(at + 16)..], out int length, out _) && answer.Length >= start + length ? new Range(start, start + length) : null;
        if (!answer.EndsWith("0\r\n\r\n"u8))
            return null;
        var line = answer[start..].IndexOf("\r\n"u8);
        return Utf8Parser.TryParse(answer[start..], out int size, out _, 'x') ? new Range(start + line + 2, start + line + 2 + size) : null;
    }
}
