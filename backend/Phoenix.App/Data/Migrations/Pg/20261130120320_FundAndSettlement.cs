using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Phoenix.App.Data.Migrations.Pg
{
    /// <inheritdoc />
    public partial class FundAndSettlement : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "fund_entries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    amount_fen = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    charity_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    filing_number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    receipt_number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    receipt_on = table.Column<DateOnly>(type: "date", nullable: true),
                    donor = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    partner_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    market_id = table.Column<Guid>(type: "uuid", nullable: true),
                    stall_id = table.Column<Guid>(type: "uuid", nullable: true),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    target_id = table.Column<Guid>(type: "uuid", nullable: true),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    take = table.Column<int>(type: "integer", nullable: true),
                    posting_seq = table.Column<long>(type: "bigint", nullable: true),
                    posted_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
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
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    title = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    address = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    max_stalls = table.Column<int>(type: "integer", nullable: false),
                    is_text_held = table.Column<bool>(type: "boolean", nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
                name: "payouts",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    payer = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    fen = table.Column<long>(type: "bigint", nullable: false),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    keeper_id = table.Column<Guid>(type: "uuid", nullable: false),
                    prepared_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_checker_id = table.Column<Guid>(type: "uuid", nullable: true),
                    checker_id = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_payouts_checkers", "(checker_id is null or checker_id <> maker_id) and (first_checker_id is null or (first_checker_id <> maker_id and first_checker_id <> coalesce(checker_id, maker_id)))");
                    table.CheckConstraint("ck_payouts_state", "(state not in ('Approved', 'Submitted', 'Closed') or approved_at is not null) and (state in ('Closed', 'Void')) = (ended_at is not null)");
                    table.ForeignKey(
                        name: "fk_payouts_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Applications to the payer (拨付申请), each for a number of statements; nobody approves what they prepared.");

            migrationBuilder.CreateTable(
                name: "settled_months",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    period = table.Column<DateOnly>(type: "date", nullable: false),
                    statements = table.Column<int>(type: "integer", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settled_months", x => new { x.community_id, x.period });
                    table.ForeignKey(
                        name: "fk_settled_months_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Months that are closed, one row each, so that missed ones are found and closed in order.");

            migrationBuilder.CreateTable(
                name: "settlement_policies",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    confirm_within_days = table.Column<int>(type: "integer", nullable: false),
                    is_silence_consent = table.Column<bool>(type: "boolean", nullable: false),
                    answer_within_days = table.Column<int>(type: "integer", nullable: false),
                    second_check_from_fen = table.Column<long>(type: "bigint", nullable: false),
                    receivable_floor_fen = table.Column<long>(type: "bigint", nullable: false),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settlement_policies", x => new { x.community_id, x.version });
                    table.CheckConstraint("ck_settlement_policies_values", "version > 0 and confirm_within_days between 1 and 30 and answer_within_days between 1 and 30 and second_check_from_fen between 1 and 100000000000 and receivable_floor_fen between -100000000000 and 0");
                    table.ForeignKey(
                        name: "fk_settlement_policies_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Versions of how statements are confirmed and approved; never changed, since statements name theirs.");

            migrationBuilder.CreateTable(
                name: "statement_lines",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    statement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    redemption_id = table.Column<Guid>(type: "uuid", nullable: true),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    fen_per_coin = table.Column<long>(type: "bigint", nullable: false),
                    fund_share_percent = table.Column<int>(type: "integer", nullable: false),
                    fen = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    from_statement_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement_lines", x => new { x.community_id, x.statement_id, x.kind, x.seq });
                    table.CheckConstraint("ck_statement_lines_kind", "kind between 1 and 5 and seq > 0 and (kind > 2) = (redemption_id is null)");
                    table.ForeignKey(
                        name: "fk_statement_lines_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Lines of merchants' statements, copied from the exchanges when a month is closed; never changed.");

            migrationBuilder.CreateTable(
                name: "statements",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    period = table.Column<DateOnly>(type: "date", nullable: false),
                    lines = table.Column<int>(type: "integer", nullable: false),
                    captures = table.Column<int>(type: "integer", nullable: false),
                    captured_coins = table.Column<long>(type: "bigint", nullable: false),
                    captured_fen = table.Column<long>(type: "bigint", nullable: false),
                    refunded_coins = table.Column<long>(type: "bigint", nullable: false),
                    refunded_fen = table.Column<long>(type: "bigint", nullable: false),
                    carried_coins = table.Column<long>(type: "bigint", nullable: false),
                    carried_fen = table.Column<long>(type: "bigint", nullable: false),
                    ledger_coins = table.Column<long>(type: "bigint", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    confirm_by = table.Column<DateOnly>(type: "date", nullable: true),
                    remind_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reminders = table.Column<int>(type: "integer", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    confirmed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    final_coins = table.Column<long>(type: "bigint", nullable: true),
                    final_fen = table.Column<long>(type: "bigint", nullable: true),
                    debt_in = table.Column<Guid>(type: "uuid", nullable: true),
                    paid_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statements", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_statements_amounts", "lines >= 0 and captures >= 0 and captured_coins >= 0 and captured_fen >= 0 and refunded_coins >= 0 and refunded_fen >= 0 and ledger_coins >= 0");
                    table.CheckConstraint("ck_statements_end", "(state = 'Closed') = (closed_at is not null) and (state <> 'Paid' or paid_at is not null)");
                    table.CheckConstraint("ck_statements_final", "(final_fen is null) = (final_coins is null) and (state not in ('Approved', 'InPayout', 'Paid', 'Closed') or final_fen is not null) and (debt_in is null or final_fen < 0)");
                    table.CheckConstraint("ck_statements_sent", "(state = 'Draft') = (sent_at is null) and (sent_at is null) = (confirm_by is null)");
                    table.ForeignKey(
                        name: "fk_statements_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Merchants' months, one each: figures that never change, proven against the ledger, and where they stand on the way to being paid.");

            migrationBuilder.CreateTable(
                name: "market_stalls",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    market_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    title = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    description = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    adult_id = table.Column<Guid>(type: "uuid", nullable: false),
                    child_id = table.Column<Guid>(type: "uuid", nullable: true),
                    pledge_percent = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: true),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    takings_fen = table.Column<long>(type: "bigint", nullable: true),
                    pledged_fen = table.Column<long>(type: "bigint", nullable: true),
                    people_served = table.Column<int>(type: "integer", nullable: true),
                    declared_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    declared_by = table.Column<Guid>(type: "uuid", nullable: true)
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
                name: "payout_papers",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    payout_id = table.Column<Guid>(type: "uuid", nullable: false),
                    statement_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    added_by = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_papers", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_payout_papers_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payout_papers_payouts",
                        columns: x => new { x.community_id, x.payout_id },
                        principalTable: "payouts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Scans in the files of payouts: stamped forms, receipts, invoices; never taken out.");

            migrationBuilder.CreateTable(
                name: "line_disputes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    statement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    redemption_id = table.Column<Guid>(type: "uuid", nullable: true),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    fen = table.Column<long>(type: "bigint", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    answer_by = table.Column<DateOnly>(type: "date", nullable: true),
                    is_overdue_told = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    correction_fen = table.Column<long>(type: "bigint", nullable: false),
                    corrected_in = table.Column<Guid>(type: "uuid", nullable: true),
                    moved_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    moved_to = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_line_disputes", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_line_disputes_answer", "(state = 'Open') = (answered_at is null) and (correction_fen = 0 or state = 'Corrected') and (corrected_in is null or correction_fen <> 0)");
                    table.CheckConstraint("ck_line_disputes_moved", "moved_to is null or (moved_at is not null and state <> 'Open')");
                    table.ForeignKey(
                        name: "fk_line_disputes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_line_disputes_statements",
                        columns: x => new { x.community_id, x.statement_id },
                        principalTable: "statements",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Doubts about lines of statements, what was answered, and where the line went.");

            migrationBuilder.CreateTable(
                name: "payout_items",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    payout_id = table.Column<Guid>(type: "uuid", nullable: false),
                    statement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payee_id = table.Column<Guid>(type: "uuid", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    fen = table.Column<long>(type: "bigint", nullable: false),
                    invoice = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    invoice_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    bank_reference = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    paid_on = table.Column<DateOnly>(type: "date", nullable: true),
                    fail_reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    settled_coins = table.Column<long>(type: "bigint", nullable: false),
                    posting_seq = table.Column<long>(type: "bigint", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_items", x => new { x.community_id, x.payout_id, x.statement_id });
                    table.CheckConstraint("ck_payout_items_amounts", "fen >= 0 and settled_coins >= 0 and (settled_coins = 0 or state = 'Paid')");
                    table.CheckConstraint("ck_payout_items_paid", "(state = 'Paid') = (bank_reference is not null) and (state = 'Paid') = (paid_on is not null) and (state = 'Failed') = (fail_reason is not null)");
                    table.ForeignKey(
                        name: "fk_payout_items_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payout_items_payouts",
                        columns: x => new { x.community_id, x.payout_id },
                        principalTable: "payouts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payout_items_statements",
                        columns: x => new { x.community_id, x.statement_id },
                        principalTable: "statements",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Payments of payouts, one a statement, with the payer's receipts; a statement is in one payout at a time.");

            migrationBuilder.CreateTable(
                name: "stall_thanks",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    stall_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "dispute_words",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dispute_id = table.Column<Guid>(type: "uuid", nullable: false),
                    said_by = table.Column<Guid>(type: "uuid", nullable: false),
                    is_merchant = table.Column<bool>(type: "boolean", nullable: false),
                    text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    said_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispute_words", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_dispute_words_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_dispute_words_line_disputes",
                        columns: x => new { x.community_id, x.dispute_id },
                        principalTable: "line_disputes",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What merchants and staff said about lines of statements, with pictures as evidence.");

            migrationBuilder.CreateIndex(
                name: "ix_dispute_words_community_id_dispute_id_id",
                table: "dispute_words",
                columns: new[] { "community_id", "dispute_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_dispute_words_community_id_said_by",
                table: "dispute_words",
                columns: new[] { "community_id", "said_by" });

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
                name: "ix_line_disputes_community_id_asked_by",
                table: "line_disputes",
                columns: new[] { "community_id", "asked_by" });

            migrationBuilder.CreateIndex(
                name: "ix_line_disputes_community_id_merchant_id_state",
                table: "line_disputes",
                columns: new[] { "community_id", "merchant_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_line_disputes_community_id_statement_id_kind_seq_source",
                table: "line_disputes",
                columns: new[] { "community_id", "statement_id", "kind", "seq", "source" },
                unique: true);

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
                name: "ix_payout_items_community_id_merchant_id_recorded_at",
                table: "payout_items",
                columns: new[] { "community_id", "merchant_id", "recorded_at" });

            migrationBuilder.CreateIndex(
                name: "ix_payout_items_live",
                table: "payout_items",
                columns: new[] { "community_id", "statement_id" },
                unique: true,
                filter: "state in ('Waiting', 'Paid')");

            migrationBuilder.CreateIndex(
                name: "ix_payout_papers_community_id_payout_id_id",
                table: "payout_papers",
                columns: new[] { "community_id", "payout_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_community_id_keeper_id",
                table: "payouts",
                columns: new[] { "community_id", "keeper_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_community_id_number",
                table: "payouts",
                columns: new[] { "community_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stall_thanks_community_id_person_id",
                table: "stall_thanks",
                columns: new[] { "community_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_statement_lines_once",
                table: "statement_lines",
                columns: new[] { "community_id", "seq", "kind" },
                unique: true,
                filter: "kind <= 2 and from_statement_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_statements_community_id_merchant_id_period",
                table: "statements",
                columns: new[] { "community_id", "merchant_id", "period" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statements_community_id_period_merchant_id",
                table: "statements",
                columns: new[] { "community_id", "period", "merchant_id" });

            migrationBuilder.CreateIndex(
                name: "ix_statements_community_id_state_confirm_by",
                table: "statements",
                columns: new[] { "community_id", "state", "confirm_by" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dispute_words");

            migrationBuilder.DropTable(
                name: "fund_entries");

            migrationBuilder.DropTable(
                name: "payout_items");

            migrationBuilder.DropTable(
                name: "payout_papers");

            migrationBuilder.DropTable(
                name: "settled_months");

            migrationBuilder.DropTable(
                name: "settlement_policies");

            migrationBuilder.DropTable(
                name: "stall_thanks");

            migrationBuilder.DropTable(
                name: "statement_lines");

            migrationBuilder.DropTable(
                name: "line_disputes");

            migrationBuilder.DropTable(
                name: "payouts");

            migrationBuilder.DropTable(
                name: "market_stalls");

            migrationBuilder.DropTable(
                name: "statements");

            migrationBuilder.DropTable(
                name: "markets");
        }
    }
}
