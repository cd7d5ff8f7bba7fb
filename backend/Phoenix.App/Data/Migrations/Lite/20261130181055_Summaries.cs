using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Phoenix.App.Data.Migrations.Lite
{
    /// <inheritdoc />
    public partial class Summaries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "activity_summaries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "INTEGER", nullable: false),
                    activity_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    own_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    published_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    is_held = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity_summaries", x => new { x.community_id, x.activity_id });
                    table.CheckConstraint("ck_activity_summaries_published", "(published_text is null) = (published_at is null) and (not is_held or published_text is not null)");
                    table.ForeignKey(
                        name: "fk_activity_summaries_activities",
                        columns: x => new { x.community_id, x.activity_id },
                        principalTable: "activities",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activity_summaries_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Own words in place of an activity's automatic summary, and the text of it that everybody reads.");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "activity_summaries");
        }
    }
}
