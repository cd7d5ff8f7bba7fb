using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications.Consents;
using Phoenix.WeChat;

namespace Phoenix.App.Notifications.Templates;

/// <summary>A message template that the mini program's account has, as WeChat last listed it (WeChat: gettemplate). Global, as the account is.</summary>
public sealed class AccountTemplate
{
    /// <summary>priTmplId.</summary>
    public required string TemplateId { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; set; }

    /// <summary>The keywords in order, JSON of <see cref="TemplateField"/>.</summary>
    public required string Fields { get; set; }

    /// <summary>Whether one consent serves for ever.</summary>
    public bool IsLongTerm { get; set; }

    /// <summary>When WeChat last listed it.</summary>
    public DateTimeOffset ListedAt { get; set; }

    /// <summary>The keywords in order.</summary>
    public IReadOnlyList<TemplateField> Keywords() => JsonSerializer.Deserialize<TemplateField[]>(Fields, PhoenixJson.Options)!;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<AccountTemplate>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<AccountTemplate> builder)
        {
            builder.ToTable("account_templates", t => t.HasComment("The message templates of the mini program's account, as WeChat last listed them."));
            builder.HasKey(t => t.TemplateId);
            builder.Property(t => t.TemplateId).HasMaxLength(MessageConsent.MaxTemplateIdLength);
            builder.Property(t => t.Title).HasMaxLength(60);
            builder.Property(t => t.Fields).HasMaxLength(4000);
        }
    }
}

/// <summary>A community's own choice of a template for a kind of message, where the one found by title isn't wanted.</summary>
public sealed class TemplateChoice : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The kind.</summary>
    public NoticeKind Kind { get; init; }

    /// <summary>priTmplId.</summary>
    public required string TemplateId { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<TemplateChoice>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<TemplateChoice> builder)
        {
            builder.ToTable("template_choices", t => t.HasComment("A community's own choice of a WeChat template for a kind of message."));
            builder.HasKey(c => new { c.CommunityId, c.Kind });
            builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(30);
            builder.Property(c => c.TemplateId).HasMaxLength(MessageConsent.MaxTemplateIdLength);
            builder.BelongsToCommunity();
        }
    }
}
