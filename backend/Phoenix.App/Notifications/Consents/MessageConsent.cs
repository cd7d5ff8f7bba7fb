using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.App.Notifications.Consents;

/// <summary>What a person answered to WeChat's prompt for a template (<c>wx.requestSubscribeMessage</c>).</summary>
public enum ConsentAnswer
{
    /// <summary>One more message may be sent.</summary>
    Accept,

    /// <summary>One more, with a sound.</summary>
    AcceptWithAudio,

    /// <summary>No.</summary>
    Reject,

    /// <summary>WeChat has the template banned.</summary>
    Ban,

    /// <summary>WeChat left it out of the prompt (a title twice).</summary>
    Filter,
}

/// <summary>
/// How many messages under a template a person has agreed to and not yet got. WeChat keeps the same count and tells it nobody: one up with an
/// acceptance, one down with a message sent, and none once it says so (43101). Global, as the openid is: a template is the account's.
/// </summary>
public sealed class MessageConsent
{
    /// <summary>More than this is not counted: nobody is sent so many.</summary>
    public const int MaxBalance = 99;

    /// <summary>Longest priTmplId, in characters.</summary>
    public const int MaxTemplateIdLength = 64;

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>priTmplId.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Messages that may still be sent.</summary>
    public int Balance { get; set; }

    /// <summary>When the person last said no, in the prompt or in WeChat's settings; null after a later yes.</summary>
    public DateTimeOffset? RefusedAt { get; set; }

    /// <summary>When the row was last changed by the person or by WeChat.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MessageConsent>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MessageConsent> builder)
        {
            builder.ToTable("message_consents", t =>
            {
                t.HasComment("How many WeChat messages under a template a person has agreed to and not yet got.");
                t.HasCheckConstraint("ck_message_consents_balance", $"balance between 0 and {MaxBalance}");
            });
            builder.HasKey(c => new { c.PersonId, c.TemplateId });
            builder.Property(c => c.TemplateId).HasMaxLength(MaxTemplateIdLength);
        }
    }
}
