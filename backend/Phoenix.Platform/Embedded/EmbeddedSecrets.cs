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
                throw new DataFolderException($"数据目录 {folder.Path} 里有数据库，却没有密钥文件 keys.json。请从备份恢复密钥文件：新密钥读不出已加密的资料。");
            KeyFile.Create(folder.KeysPath, clock.Now, randomness);
        }

        return new KeyRing(folder.KeysPath, clock, randomness);
    }
}
