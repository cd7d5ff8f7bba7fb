using System.Globalization;
using System.Text;

namespace Phoenix.Platform.Embedded;

/// <summary>The data folder can't be used; the message says why and what to do.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The folder of an embedded host: the database, the keys and Redis's files, readable by their owner only. One process at a time: the lock is
/// an exclusively opened file (flock on Unix), so the operating system gives it back however the process ends.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string LockName = "phoenix.lock";
    private const string PidName = "phoenix.pid";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>The SQLite file.</summary>
    public string DatabasePath => Combine("phoenix.db");

    /// <summary>The keys file.</summary>
    public string KeysPath => Combine("keys.json");

    /// <summary>A file or folder in it.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes the folder if it is missing (0700) and takes its lock.</summary>
    /// <exception cref="DataFolderException">Another process has it, or it can't be made or written.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(full);
            else
                Make(full);
            var held = Take(full);
            // In a file of its own, because the locked one can't be read by others.
            File.WriteAllText(System.IO.Path.Combine(full, PidName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Encoding.ASCII);
            return new DataFolder(full, held);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DataFolderException($"The data folder {full} can't be used; check its rights and the disk's room.", e);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _lock.Dispose();

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Make(string full)
    {
        Directory.CreateDirectory(full, OwnerOnly);
        // A folder that was there before, made by hand.
        if (File.GetUnixFileMode(full) != OwnerOnly)
            File.SetUnixFileMode(full, OwnerOnly);
    }

    private static FileStream Take(string full)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(System.IO.Path.Combine(full, LockName), options);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            var pidFile = System.IO.Path.Combine(full, PidName);
            var pid = File.Exists(pidFile) ? File.ReadAllText(pidFile) : "unknown";
            throw new DataFolderException($"Another Phoenix process (pid {pid}) uses the data folder {full}; stop it first or name another folder.", e);
        }
    }
}
