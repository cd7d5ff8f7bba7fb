using Phoenix.App.Data;
using Phoenix.App.Notifications.Templates;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Notifications.Sending;

/// <summary>Takes the outbox rows of one kind of message: each in a scope of its own, in the row's community.</summary>
internal sealed class MessageHandler(CatalogueEntry entry, IServiceScopeFactory scopes) : IOutboxHandler
{
    public string Kind => entry.OutboxKind;

    public async Task<OutboxResult> Handle(OutboxMessage message, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(message.CommunityId);
        return await scope.ServiceProvider.GetRequiredService<MessageSender>().Send(entry, message, cancel);
    }
}
