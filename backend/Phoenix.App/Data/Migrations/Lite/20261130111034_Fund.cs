using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Phoenix.App.Data.Migrations.Lite
{
    /// <inheritdoc />
    public partial class Fund : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "fund_entries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    amount_fen = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    charity_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    filing_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    receipt_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    receipt_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    donor = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    partner_name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    market_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    stall_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    file_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    target_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    maker_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    approval_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    take = table.Column<int>(type: "INTEGER", nullable: true),
                    posting_seq = table.Column<long>(type: "INTEGER", nullable: true),
                    posted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fund_entries", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_fund_entries_amount", "amount_fen between 1 and 10000000000");
                    table.CheckConstraint("ck_fund_entries_donor", "(partner_name is null or donor = 'Partner') and (market_id is null or donor = 'Stall') and (stall_id is null or market_id is not null)");
                    table.CheckConstraint("ck_fund_entries_evidence", "(kind = 'Correction') = (target_id is not null) and (file_id is not null or kind = 'Correction')");
                    table.CheckConstraint("ck_fund_entries_posted", "(posting_seq is null) = (posted_at is null) and (take is not null) = (kind = 'Contribution' and posting_seq is not null)");
                    table.CheckConstraint("ck_fund_entries_receipt", "(kind = 'Contribution') = (charity_name is not null) and (charity_name is null) = (filing_number is null) and (charity_name is null) = (receipt_number is null) and (charity_name is null) = (receipt_on is null) and (charity_name is null) = (donor is null)");
                    table.ForeignKey(
                        name: "fk_fund_entries_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What moves the fund's cash beside payouts: contributions, adjustments and corrections, each with its evidence and two people; never changed.");

            migrationBuilder.CreateTable(
                name: "markets",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ends_at = table.Column<long>(type: "INTEGER", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    max_stalls = table.Column<int>(type: "INTEGER", nullable: false),
                    is_text_held = table.Column<bool>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    created_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_markets", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_markets_finished", "(state in ('Settled', 'Cancelled')) = (finished_at is not null) and (state <> 'Cancelled' or note is not null)");
                    table.CheckConstraint("ck_markets_stalls", "max_stalls between 1 and 200");
                    table.CheckConstraint("ck_markets_time", "ends_at > starts_at");
                    table.ForeignKey(
                        name: "fk_markets_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "公益集市: markets whose stalls give a part of their takings, by way of the charity, to the fund.");

            migrationBuilder.CreateTable(
                name: "market_stalls",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    market_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    adult_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    child_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    pledge_percent = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: true),
                    applied_at = table.Column<long>(type: "INTEGER", nullable: false),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    takings_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    pledged_fen = table.Column<long>(type: "INTEGER", nullable: true),
                    people_served = table.Column<int>(type: "INTEGER", nullable: true),
                    declared_at = table.Column<long>(type: "INTEGER", nullable: true),
                    declared_by = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_market_stalls", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_market_stalls_decided", "(decided_by is null) = (decided_at is null) and (state <> 'Approved' or number is not null) and (state not in ('Approved', 'Refused') or decided_by is not null)");
                    table.CheckConstraint("ck_market_stalls_people", "decided_by <> adult_id and (child_id is null or (child_id <> adult_id and kind = 'Family'))");
                    table.CheckConstraint("ck_market_stalls_takings", "pledge_percent between 0 and 100 and (takings_fen is null or takings_fen between 0 and 100000000) and (takings_fen is null) = (pledged_fen is null) and (takings_fen is null) = (declared_at is null) and (pledged_fen is null or pledged_fen between 0 and takings_fen) and (people_served is null or (kind = 'Service' and people_served >= 0))");
                    table.ForeignKey(
                        name: "fk_market_stalls_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_market_stalls_markets",
                        columns: x => new { x.community_id, x.market_id },
                        principalTable: "markets",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Stalls of markets: who answers for each, what is pledged, what it took; a child's part is for the family and staff only.");

            migrationBuilder.CreateTable(
                name: "stall_thanks",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "INTEGER", nullable: false),
                    stall_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stall_thanks", x => new { x.community_id, x.stall_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_stall_thanks_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_stall_thanks_market_stalls",
                        columns: x => new { x.community_id, x.stall_id },
                        principalTable: "market_stalls",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who thanked which stall, once each; only the count is shown. Goes with the person.");

            migrationBuilder.CreateIndex(
                name: "ix_fund_entries_community_id_market_id",
                table: "fund_entries",
                columns: new[] { "community_id", "market_id" });

            migrationBuilder.CreateIndex(
                name: "ix_fund_entries_community_id_posting_seq",
                table: "fund_entries",
                columns: new[] { "community_id", "posting_seq" },
                unique: true,
                filter: "posting_seq is not null");

            migrationBuilder.CreateIndex(
                name: "ix_fund_entries_receipt",
                table: "fund_entries",
                columns: new[] { "community_id", "filing_number", "receipt_number", "take" },
                unique: true,
                filter: "take is not null");

            migrationBuilder.CreateIndex(
                name: "ix_fund_entries_target",
                table: "fund_entries",
                columns: new[] { "community_id", "target_id" },
                unique: true,
                filter: "posting_seq is not null and target_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_market_stalls_community_id_adult_id",
                table: "market_stalls",
                columns: new[] { "community_id", "adult_id" });

            migrationBuilder.CreateIndex(
                name: "ix_market_stalls_community_id_child_id",
                table: "market_stalls",
                columns: new[] { "community_id", "child_id" });

            migrationBuilder.CreateIndex(
                name: "ix_market_stalls_community_id_market_id_number",
                table: "market_stalls",
                columns: new[] { "community_id", "market_id", "number" },
                unique: true,
                filter: "number is not null");

            migrationBuilder.CreateIndex(
                name: "ix_markets_community_id_starts_at",
                table: "markets",
                columns: new[] { "community_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_stall_thanks_community_id_person_id",
                table: "stall_thanks",
                columns: new[] { "community_id", "person_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fund_entries");

            migrationBuilder.DropTable(
                name: "stall_thanks");

            migrationBuilder.DropTable(
                name: "market_stalls");

            migrationBuilder.DropTable(
                name: "markets");
        }
    }
}
