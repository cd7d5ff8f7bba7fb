using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Notifications.Templates;

/// <summary>
/// Lists the account's templates, every night and at start (<see cref="CheckTemplatesAtStart"/>), and holds the catalogue against them. A kind that
/// doesn't fit is warned of by its keyword and goes to the inbox only.
/// </summary>
public sealed class CheckTemplates(PhoenixDb db, Database database, IWeChatGateway weChat, Clock clock, ILogger<CheckTemplates> log) : ISweep
{
    /// <summary>How often the list is written when other nodes write it at the same moment.</summary>
    public const int MaxAttempts = 3;

    /// <inheritdoc />
    public string Name => "messages.templates";

    /// <inheritdoc />
    public string Cron => "10 5 * * *";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        if (await Check(cancel) is { } refused)
            log.LogWarning("WeChat didn't list the message templates: {Code}", refused.Code);
    }

    /// <summary>Lists and checks; what WeChat refused, or null. With WeChat away the templates of the last list go on.</summary>
    public async Task<Error?> Check(CancellationToken cancel)
    {
        if (!(await weChat.Templates(cancel)).TryGet(out var listed, out var refused))
            return refused;
        for (var attempt = 1; !await TryKeep(listed, cancel) && attempt < MaxAttempts;)
            attempt++;
        var faults = (await new TemplateBook(db).States([.. Catalogue.All.Select(e => e.Kind)], cancel)).Where(s => s.Fault is not null).ToList();
        if (listed.Length > 0)
            foreach (var state in faults)
                log.LogWarning("Messages of kind {Kind} go to the inbox only: {Fault}", state.Kind, state.Fault);
        else
            log.LogInformation("The account has no message templates: all messages go to the inbox only.");
        return null;
    }

    private async Task<bool> TryKeep(MessageTemplate[] listed, CancellationToken cancel)
    {
        try
        {
            await Keep(listed, cancel);
            return true;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || database.Classify(e) == DatabaseFault.Duplicate)
        {
            // Another node, just started too, writes the same list.
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private async Task Keep(MessageTemplate[] listed, CancellationToken cancel)
    {
        var now = clock.Now;
        var stored = await db.Set<AccountTemplate>().ToDictionaryAsync(t => t.TemplateId, StringComparer.Ordinal, cancel);
        foreach (var template in listed.DistinctBy(t => t.Id, StringComparer.Ordinal))
        {
            var fields = JsonSerializer.Serialize(template.Fields, PhoenixJson.Options);
            if (stored.Remove(template.Id, out var known))
                (known.Title, known.Fields, known.IsLongTerm, known.ListedAt) = (template.Title, fields, template.IsLongTerm, now);
            else
                db.Add(new AccountTemplate { TemplateId = template.Id, Title = template.Title, Fields = fields, IsLongTerm = template.IsLongTerm, ListedAt = now });
        }

        db.RemoveRange(stored.Values);
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>The check at start, beside it: a host is ready without WeChat. Tried again until WeChat answers.</summary>
internal sealed class CheckTemplatesAtStart(IServiceScopeFactory scopes, Clock clock, ILogger<CheckTemplatesAtStart> log) : BackgroundService
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the caller's thread: the host goes on starting.
        await Task.Yield();
        while (!await TryCheck(stoppingToken) && await clock.Wait(RetryAfter, stoppingToken))
        {
        }
    }

    private async Task<bool> TryCheck(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<CheckTemplates>().Check(cancel) is not { } refused)
            {
                log.LogInformation("The message templates are checked.");
                return true;
            }

            log.LogWarning("WeChat didn't list the message templates: {Code}. Asked again in {Minutes} minutes.", refused.Code, RetryAfter.TotalMinutes);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // Another node may have written the same list at the same moment, or the database isn't there yet.
            log.LogWarning("The message templates weren't checked: {Failure}. Tried again in {Minutes} minutes.", e.GetType().Name, RetryAfter.TotalMinutes);
        }
        catch (OperationCanceledException)
        {
            return true;
        }

        return false;
    }
}
