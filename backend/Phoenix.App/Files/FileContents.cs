using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;

namespace Phoenix.App.Files;

/// <inheritdoc />
internal sealed class FileContents(PhoenixDb db) : IFileContents
{
    public Task<byte[]?> Read(Guid fileId, CancellationToken cancel) => db.Set<StoredFile>().Where(f => f.Id == fileId).Select(f => (byte[]?)f.Content).FirstOrDefaultAsync(cancel);
}
