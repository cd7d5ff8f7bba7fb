using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Sessions;

/// <summary>Which WeChat user a person is. Found by a keyed hash, readable only with the key ring; gone when the account is closed.</summary>
public sealed class WeChatAccount
{
    /// <summary>The keyed hash's scope.</summary>
    public const string OpenIdScope = "wechat_accounts.open_id";

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Keyed hash of the openid.</summary>
    public required string OpenIdHash { get; set; }

    /// <summary>The openid, encrypted: messages are sent to it.</summary>
    public required string OpenId { get; set; }

    /// <summary>WeChat's session key of the latest login, encrypted. Never leaves the server.</summary>
    public required string SessionKey { get; set; }

    /// <summary>When the person last logged in.</summary>
    public DateTimeOffset LoggedInAt { get; set; }

    /// <summary>Where the openid is encrypted for.</summary>
    public static FieldPlace OpenIdPlace(Guid person) => new("wechat_accounts", "open_id", person.ToString("N"));

    /// <summary>Where the session key is encrypted for.</summary>
    public static FieldPlace SessionKeyPlace(Guid person) => new("wechat_accounts", "session_key", person.ToString("N"));

    /// <summary>Makes every column anew with the current key.</summary>
    public void Renew(KeyRing keys)
    {
        var (openId, sessionKey) = (keys.Decrypt(OpenId, OpenIdPlace(PersonId)), keys.Decrypt(SessionKey, SessionKeyPlace(PersonId)));
        (OpenId, OpenIdHash) = (keys.Encrypt(openId, OpenIdPlace(PersonId)), keys.KeyedHash(OpenIdScope, openId));
        SessionKey = keys.Encrypt(sessionKey, SessionKeyPlace(PersonId));
    }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<WeChatAccount>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<WeChatAccount> builder)
        {
            builder.ToTable("wechat_accounts", t => t.HasComment("Which WeChat user a person is: openid and session key, encrypted."));
            builder.HasKey(a => a.PersonId);
            builder.Property(a => a.OpenIdHash).HasMaxLength(100);
            builder.Property(a => a.OpenId).HasMaxLength(300).IsConcurrencyToken();
            builder.Property(a => a.SessionKey).HasMaxLength(300).IsConcurrencyToken();
            builder.HasIndex(a => a.OpenIdHash).IsUnique();
            builder.HasOne<Person>().WithOne().HasForeignKey<WeChatAccount>(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
