using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.App.Identity;

/// <summary>A WeChat user, global: one row however many communities the person belongs to.</summary>
public sealed class Person
{
    /// <summary>The person's id.</summary>
    public Guid Id { get; init; }

    /// <summary>When the person first came.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the account was closed, for ever; null for a living one. The row stays: it names nobody any more.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When everything that named the person was erased in every community; null until the closing has come so far.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Person>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("persons", t => t.HasComment("People, global; everything about a person in a community hangs on a community's own tables."));
            builder.HasKey(p => p.Id);
            builder.HasIndex(p => p.ClosedAt).HasFilter("closed_at is not null and erased_at is null");
        }
    }
}
