using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.MiniProgram.Links;

/// <summary>Pages that a link in a text message or group may open. A page that isn't here can't be made a link.</summary>
public enum LinkPage
{
    /// <summary>首页.</summary>
    Home,

    /// <summary>An activity; the subject is its id.</summary>
    Activity,

    /// <summary>我的报名.</summary>
    Signups,

    /// <summary>A merchant's statement; the subject is its id.</summary>
    Statement,

    /// <summary>公示.</summary>
    Board,
}

/// <summary>A link that opens the mini program, as WeChat made it; used again until it nearly expires.</summary>
public sealed class AppLink : ICommunityOwned
{
    /// <summary>How long a link works (generateUrlLink: at most 30 days).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(29);

    /// <summary>A link that expires sooner is made anew: whoever gets the message has days to open it.</summary>
    public static readonly TimeSpan MinLeft = TimeSpan.FromDays(7);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The page.</summary>
    public LinkPage Page { get; init; }

    /// <summary>On what; empty for a page about nothing in particular.</summary>
    public Guid Subject { get; init; }

    /// <summary>The link.</summary>
    public required string Url { get; set; }

    /// <summary>Until when it works.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The page's path in the mini program.</summary>
    public static string PathOf(LinkPage page) => page switch
    {
        LinkPage.Home => "pages/home/home",
        LinkPage.Activity => "pages/activity/activity",
        LinkPage.Signups => "pages/signups/signups",
        LinkPage.Statement => "packages/merchant/statement/statement",
        LinkPage.Board => "packages/volunteer/board/board",
        _ => throw new ArgumentOutOfRangeException(nameof(page)),
    };

    /// <summary>Whether the page is about something.</summary>
    public static bool NeedsSubject(LinkPage page) => page is LinkPage.Activity or LinkPage.Statement;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<AppLink>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<AppLink> builder)
        {
            builder.ToTable("app_links", t => t.HasComment("Links that open the mini program, as WeChat made them, used again until they nearly expire."));
            builder.HasKey(l => new { l.CommunityId, l.Page, l.Subject });
            builder.Property(l => l.Page).HasConversion<string>().HasMaxLength(20);
            builder.Property(l => l.Url).HasMaxLength(500);
            builder.BelongsToCommunity();
        }
    }
}
