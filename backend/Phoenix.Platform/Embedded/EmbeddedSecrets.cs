using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.Platform.Embedded;

/// <summary>The secrets of an embedded host: made once, at the first start, in its data folder.</summary>
public static class EmbeddedSecrets
{
    /// <summary>The folder's key ring, with a new keys file if there is none yet.</summary>
    /// <exception cref="KeyFileException">The file can't be written or used.</exception>
    /// <exception cref="DataFolderException">There is a database but no keys file: new keys couldn't read it.</exception>
    public static KeyRing Open(DataFolder folder, Clock clock, IRandomness randomness)
    {
        if (!File.Exists(folder.KeysPath))
        {
            if (File.Exists(folder.DatabasePath))
                throw new DataFolderException($"The data folder {folder.Path} holds a database but no keys.json; restore keys.json from your backup, because new keys can't read what the old ones encrypted.");
            KeyFile.Create(folder.KeysPath, clock.Now, randomness);
        }

        return new KeyRing(folder.KeysPath, clock, randomness);
    }
}
