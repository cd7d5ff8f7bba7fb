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

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Person>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("persons", t => t.HasComment("People, global; everything about a person in a community hangs on a community's own tables."));
            builder.HasKey(p => p.Id);
        }
    }
}
