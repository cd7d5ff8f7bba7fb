using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Results;

namespace Phoenix.App.MiniProgram.Codes;

/// <inheritdoc />
internal sealed class CodeBook(RotatingCodes rotating, FixedCodes images, PhoenixDb db) : ICodes
{
    public RotatingCode Rotating(CodeBinding binding) => rotating.Now(binding);

    public RotatingKey ExportKey(CodeBinding binding) => rotating.Export(binding);

    public Result<CodeBinding> Read(string scanned, CodePurpose purpose, CodeAudience audience, int communityId) => rotating.Read(scanned, purpose, audience, communityId);

    public Task<Result<CodeImage>> MiniProgramCode(FixedCode purpose, Guid subject, CancellationToken cancel) => images.Image(db.Scope.CommunityId, purpose, subject, cancel);

    public async Task<Result<Guid>> SubjectOf(FixedCode purpose, string scene, CancellationToken cancel) =>
        scene.Length == CodeScene.SceneLength && await db.Set<CodeScene>().AsNoTracking().FirstOrDefaultAsync(s => s.Scene == scene && s.Purpose == purpose, cancel) is { } found
            ? found.Subject
            : new CodeUnknown();
}
