using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Phoenix.App.Data.Migrations.Lite
{
    /// <inheritdoc />
    public partial class Needs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "needs",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    helped_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    raised_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    is_first = table.Column<bool>(type: "INTEGER", nullable: false),
                    details = table.Column<string>(type: "TEXT", maxLength: 6000, nullable: true),
                    raised_at = table.Column<long>(type: "INTEGER", nullable: false),
                    triage_by = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    triaged_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    triaged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    referred_to = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    shift_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    arranged_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    thanks = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    is_thanks_shown = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_needs", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_needs_ended", "(state in ('Raised', 'Accepted', 'Arranged')) = (ended_at is null) and (thanks is null or state = 'Done')");
                    table.CheckConstraint("ck_needs_own", "triaged_by <> helped_id and (source <> 'Self' or raised_by = helped_id)");
                    table.CheckConstraint("ck_needs_shift", "(shift_id is null) = (arranged_at is null) and (state not in ('Arranged', 'Done') or shift_id is not null)");
                    table.CheckConstraint("ck_needs_triage", "(triaged_by is null) = (triaged_at is null) and (state not in ('Accepted', 'Arranged', 'Done', 'Declined', 'Referred') or triaged_by is not null) and (state not in ('Declined', 'Referred') or answer is not null) and (state = 'Referred') = (referred_to is not null)");
                    table.ForeignKey(
                        name: "fk_needs_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_needs_shifts",
                        columns: x => new { x.community_id, x.shift_id },
                        principalTable: "shifts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What residents need a hand with, from asking to thanks; the words encrypted, never public. Nobody decides about their own.");

            migrationBuilder.CreateIndex(
                name: "ix_needs_community_id_helped_id_id",
                table: "needs",
                columns: new[] { "community_id", "helped_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_needs_community_id_raised_by_raised_at",
                table: "needs",
                columns: new[] { "community_id", "raised_by", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "ix_needs_community_id_shift_id",
                table: "needs",
                columns: new[] { "community_id", "shift_id" });

            migrationBuilder.CreateIndex(
                name: "ix_needs_community_id_state_is_first_id",
                table: "needs",
                columns: new[] { "community_id", "state", "is_first", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "needs");
        }
    }
}
