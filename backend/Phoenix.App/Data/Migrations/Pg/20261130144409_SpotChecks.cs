using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Phoenix.App.Data.Migrations.Pg
{
    /// <inheritdoc />
    public partial class SpotChecks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "spot_checks",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    seed = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    records = table.Column<int>(type: "integer", nullable: false),
                    after_seq = table.Column<long>(type: "bigint", nullable: false),
                    through_seq = table.Column<long>(type: "bigint", nullable: false),
                    drawn_by = table.Column<Guid>(type: "uuid", nullable: false),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spot_checks", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_spot_checks_population", "records >= 0 and after_seq >= 0 and through_seq >= after_seq and records + through_seq - after_seq > 0");
                    table.ForeignKey(
                        name: "fk_spot_checks_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Auditors' random draws of records and postings, with the seed and what was drawn from, so that each can be drawn again; never changed.");

            migrationBuilder.CreateTable(
                name: "spot_check_items",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    check_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    record_version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    seq = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spot_check_items", x => new { x.community_id, x.check_id, x.place });
                    table.CheckConstraint("ck_spot_check_items_what", "(record_version_id is null) <> (seq is null)");
                    table.ForeignKey(
                        name: "fk_spot_check_items_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_spot_check_items_spot_checks",
                        columns: x => new { x.community_id, x.check_id },
                        principalTable: "spot_checks",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What each of the auditors' draws brought, in its order; kept beside the seed, so that what was shown can't be disputed.");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "spot_check_items");

            migrationBuilder.DropTable(
                name: "spot_checks");
        }
    }
}
