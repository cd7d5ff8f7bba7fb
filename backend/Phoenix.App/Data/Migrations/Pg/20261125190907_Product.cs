using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Phoenix.App.Data.Migrations.Pg
{
    /// <inheritdoc />
    public partial class Product : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "closed_at",
                table: "persons",
                type: "timestamptz",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "erased_at",
                table: "persons",
                type: "timestamptz",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "account_templates",
                columns: table => new
                {
                    template_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    title = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    fields = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    is_long_term = table.Column<bool>(type: "boolean", nullable: false),
                    listed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_templates", x => x.template_id);
                },
                comment: "The message templates of the mini program's account, as WeChat last listed them.");

            migrationBuilder.CreateTable(
                name: "app_links",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    page = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    url = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_links", x => new { x.community_id, x.page, x.subject });
                    table.ForeignKey(
                        name: "fk_app_links_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Links that open the mini program, as WeChat made them, used again until they nearly expire.");

            migrationBuilder.CreateTable(
                name: "approvals",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    summary = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    payload = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    checker_role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    beneficiary_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    checker_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approvals", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_approvals_checker", "checker_id <> maker_id and checker_id <> coalesce(beneficiary_id, maker_id)");
                    table.CheckConstraint("ck_approvals_decided", "(state = 'Pending') = (decided_at is null) and (state in ('Approved', 'Refused')) = (checker_id is not null)");
                    table.ForeignKey(
                        name: "fk_approvals_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What one person prepared and another decides; nobody decides their own.");

            migrationBuilder.CreateTable(
                name: "attendance_events",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attendance_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    way = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    device_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    heard_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attendance_events", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_attendance_events_conflict", "kind <> 'Conflict' or note is not null");
                    table.ForeignKey(
                        name: "fk_attendance_events_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What happened at a shift's door and what phones kept without network: the evidence behind attendances, only ever added to.");

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    subject = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    address = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: true),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_audit_entries_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who did or looked at what, about whom, when, from where and why; the database refuses every change.");

            migrationBuilder.CreateTable(
                name: "birth_dates",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    said_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_birth_dates", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_birth_dates_person_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "When people were born, encrypted: who is a minor, in every community.");

            migrationBuilder.CreateTable(
                name: "book_checks",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    fault = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_book_checks", x => new { x.community_id, x.date });
                    table.ForeignKey(
                        name: "fk_book_checks_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Every night's proof of the journal and of the balances kept beside it, so that auditors see that it ran and what it found.");

            migrationBuilder.CreateTable(
                name: "certificate_settings",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    issuer = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_in_charge = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    handler = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    seal_file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certificate_settings", x => x.community_id);
                    table.ForeignKey(
                        name: "fk_certificate_settings_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who issues and signs a community's certificates.");

            migrationBuilder.CreateTable(
                name: "certificates",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<string>(type: "character varying(19)", maxLength: 19, nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    holder_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    id_number = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    school = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    show_name = table.Column<bool>(type: "boolean", nullable: false),
                    show_lines = table.Column<bool>(type: "boolean", nullable: false),
                    issuer = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_in_charge = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    handler = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    seal_file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    line_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certificates", x => new { x.community_id, x.number });
                    table.CheckConstraint("ck_certificates_period", "first_day <= last_day and minutes > 0 and line_count > 0");
                    table.ForeignKey(
                        name: "fk_certificates_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Certificates of service records: for whom, over what, and what the public page shows of them.");

            migrationBuilder.CreateTable(
                name: "code_scenes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    scene = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    page = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    image = table.Column<byte[]>(type: "bytea", nullable: true),
                    content_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_code_scenes", x => new { x.community_id, x.scene });
                    table.ForeignKey(
                        name: "fk_code_scenes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Fixed codes: the opaque id that is printed, what it stands for, and the image as WeChat drew it.");

            migrationBuilder.CreateTable(
                name: "coin_pauses",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    flow = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    is_pause = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coin_pauses", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_coin_pauses_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who paused or resumed issuing or redeeming, when, and the reason that everybody is shown.");

            migrationBuilder.CreateTable(
                name: "coin_rules",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    coins_per_hour = table.Column<int>(type: "integer", nullable: false),
                    coins_per_shift = table.Column<int>(type: "integer", nullable: false),
                    daily_cap = table.Column<int>(type: "integer", nullable: true),
                    rounding = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_coin_rules", x => new { x.community_id, x.version });
                    table.CheckConstraint("ck_coin_rules_coins", "coins_per_hour between 0 and 1000 and coins_per_shift between 0 and 1000 and daily_cap >= 0");
                    table.ForeignKey(
                        name: "fk_coin_rules_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "How service becomes coins, version by version; the database refuses every change of a version.");

            migrationBuilder.CreateTable(
                name: "content_reviews",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    scene = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    text = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    cause = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    trace_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_reviews", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_content_reviews_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Texts and pictures that must not be shown before WeChat or a person has decided; the text is encrypted and goes with the decision.");

            migrationBuilder.CreateTable(
                name: "deputies",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    principal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deputy_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deputies", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_deputies_other", "deputy_id <> principal_id");
                    table.ForeignKey(
                        name: "fk_deputies_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who stands in for the holder of which role, from which day to which.");

            migrationBuilder.CreateTable(
                name: "device_secrets",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_secrets", x => x.session_id);
                },
                comment: "Which signed-in device made a personal code: numbers of derived secrets, never a secret.");

            migrationBuilder.CreateTable(
                name: "elder_cards",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    number = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_elder_cards", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_elder_cards_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_elder_cards_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Printed cards of members without a phone at hand; one of a member works at a time, revoked ones stay so that they are known as such.");

            migrationBuilder.CreateTable(
                name: "elder_entries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    birth_year = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    witness_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_elder_entries", x => new { x.community_id, x.person_id });
                    table.CheckConstraint("ck_elder_entries_witness", "witness_id <> entered_by and witness_id <> person_id");
                    table.ForeignKey(
                        name: "fk_elder_entries_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_elder_entries_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "People without WeChat whom staff entered as members, and who witnessed it.");

            migrationBuilder.CreateTable(
                name: "extension_orders",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_extension_orders", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_extension_orders_later", "\"to\" > \"from\"");
                    table.ForeignKey(
                        name: "fk_extension_orders_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Approved extensions of the coins that end on one day, for all members, and whether each is carried out.");

            migrationBuilder.CreateTable(
                name: "family_codes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rights = table.Column<int>(type: "integer", nullable: false),
                    made_by = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_family_codes", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_family_codes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Codes that one person shows and another types, hashed: family, guardians, a WeChat account for a member without one.");

            migrationBuilder.CreateTable(
                name: "family_links",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    principal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    helper_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rights = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    made_by = table.Column<Guid>(type: "uuid", nullable: true),
                    witness_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_family_links", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_family_links_self", "principal_id <> helper_id");
                    table.CheckConstraint("ck_family_links_witness", "(made_by is null) = (witness_id is null) and (made_by is null or (made_by <> helper_id and made_by <> principal_id and witness_id <> made_by and witness_id <> helper_id and witness_id <> principal_id))");
                    table.ForeignKey(
                        name: "fk_family_links_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_family_links_persons_helper_id",
                        column: x => x.helper_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_family_links_persons_principal_id",
                        column: x => x.principal_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who may act for whom as 家人, by agreement of both or before a witness.");

            migrationBuilder.CreateTable(
                name: "fund_contributions",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_opening = table.Column<bool>(type: "boolean", nullable: false),
                    amount_fen = table.Column<long>(type: "bigint", nullable: false),
                    evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    posting_seq = table.Column<long>(type: "bigint", nullable: false),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fund_contributions", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_fund_contributions_amount", "amount_fen between 1 and 10000000000");
                    table.ForeignKey(
                        name: "fk_fund_contributions_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Money that came into the fund, each with its evidence and its posting; never changed.");

            migrationBuilder.CreateTable(
                name: "fund_policies",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    liability_fen_per_coin = table.Column<long>(type: "bigint", nullable: false),
                    ratio_percent = table.Column<int>(type: "integer", nullable: false),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fund_policies", x => new { x.community_id, x.version });
                    table.CheckConstraint("ck_fund_policies_numbers", "liability_fen_per_coin between 1 and 10000 and ratio_percent between 1 and 100");
                    table.ForeignKey(
                        name: "fk_fund_policies_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What a coin is taken to cost and how much of the fund may be promised, version by version; never changed.");

            migrationBuilder.CreateTable(
                name: "grant_batches",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    maker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    file_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grant_batches", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_grant_batches_coins", "coins > 0");
                    table.ForeignKey(
                        name: "fk_grant_batches_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Coins given in recognition, as one person prepared them and another decided, for one member or a sheet of them.");

            migrationBuilder.CreateTable(
                name: "guardianships",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    guardian_id = table.Column<Guid>(type: "uuid", nullable: false),
                    child_id = table.Column<Guid>(type: "uuid", nullable: false),
                    relation = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guardianships", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_guardianships_end", "(ended_at is null) = (end_reason is null)");
                    table.CheckConstraint("ck_guardianships_self", "guardian_id <> child_id");
                    table.ForeignKey(
                        name: "fk_guardianships_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_guardianships_persons_child_id",
                        column: x => x.child_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_guardianships_persons_guardian_id",
                        column: x => x.guardian_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who is or was guardian of which minor.");

            migrationBuilder.CreateTable(
                name: "inbox_messages",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    dedupe_key = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    title = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    body = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    page = table.Column<string>(type: "character varying(260)", maxLength: 260, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    delivery = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_messages", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_inbox_messages_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What people were told, as they read it; kept 180 days.");

            migrationBuilder.CreateTable(
                name: "join_codes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    purpose = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    uses = table.Column<int>(type: "integer", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_join_codes", x => new { x.community_id, x.purpose, x.target_id });
                    table.CheckConstraint("ck_join_codes_used", "used between 0 and uses");
                    table.ForeignKey(
                        name: "fk_join_codes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "The code of each unit and merchant by which people join it now; a new one takes the place of the old.");

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    building = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    left_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_members", x => new { x.community_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_members_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_members_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who joined which community, and what neighbours know them by there.");

            migrationBuilder.CreateTable(
                name: "merchants",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sort_key = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    address = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    opening_hours = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    open_days = table.Column<int>(type: "integer", nullable: false, defaultValue: 127),
                    opens_at = table.Column<int>(type: "integer", nullable: false),
                    closes_at = table.Column<int>(type: "integer", nullable: false, defaultValue: 1440),
                    rests_until = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merchants", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_merchants_hours", "open_days between 1 and 127 and opens_at >= 0 and opens_at < closes_at and closes_at <= 1440");
                    table.ForeignKey(
                        name: "fk_merchants_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Partner merchants at which coins are exchanged; those that left stay for their statements.");

            migrationBuilder.CreateTable(
                name: "message_consents",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    template_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    balance = table.Column<int>(type: "integer", nullable: false),
                    refused_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_consents", x => new { x.person_id, x.template_id });
                    table.CheckConstraint("ck_message_consents_balance", "balance between 0 and 99");
                },
                comment: "How many WeChat messages under a template a person has agreed to and not yet got.");

            migrationBuilder.CreateTable(
                name: "message_preferences",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    off_since = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_preferences", x => new { x.person_id, x.group });
                    table.CheckConstraint("ck_message_preferences_group", "\"group\" <> 'Essential'");
                },
                comment: "Groups of messages that a person doesn't want through WeChat.");

            migrationBuilder.CreateTable(
                name: "minor_consents",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    child_id = table.Column<Guid>(type: "uuid", nullable: false),
                    given_by = table.Column<Guid>(type: "uuid", nullable: false),
                    stage = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    witness_id = table.Column<Guid>(type: "uuid", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_minor_consents", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_minor_consents_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_minor_consents_persons_child_id",
                        column: x => x.child_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who consented to a minor's data being used, to which version of the privacy notice, when, and when it was withdrawn.");

            migrationBuilder.CreateTable(
                name: "month_heads",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    key_id = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_month_heads", x => new { x.community_id, x.month });
                    table.ForeignKey(
                        name: "fk_month_heads_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "The journal's signed heads, one a month; published, never changed (the database refuses).");

            migrationBuilder.CreateTable(
                name: "partnerships",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sort_key = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    commitments = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partnerships", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_partnerships_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What partners commit themselves to without money, signed by two; a change is another row.");

            migrationBuilder.CreateTable(
                name: "person_details",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    real_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    id_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    id_number = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    id_number_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    gender = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    area = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: true),
                    skills = table.Column<string>(type: "character varying(1200)", maxLength: 1200, nullable: true),
                    written_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_details", x => new { x.community_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_person_details_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_person_details_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What the law wants to be recorded of a volunteer (令67 art 5), encrypted: asked before the first certificate.");

            migrationBuilder.CreateTable(
                name: "phones",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    number = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    number_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    confirmed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_phones", x => x.id);
                    table.CheckConstraint("ck_phones_confirmed", "(state = 'Confirmed') = (confirmed_at is not null) and (confirmed_by is null or confirmed_by <> person_id)");
                    table.ForeignKey(
                        name: "fk_phones_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "People's phone numbers, encrypted: one confirmed, one that waits to be.");

            migrationBuilder.CreateTable(
                name: "places",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    is_archived = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_places", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_places_parent", "parent_id <> id");
                    table.CheckConstraint("ck_places_root", "(kind = 'Grid') = (parent_id is null)");
                    table.ForeignKey(
                        name: "fk_places_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_places_places_parent",
                        columns: x => new { x.community_id, x.parent_id },
                        principalTable: "places",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "The parts of a neighbourhood as a tree of three levels: grid, estate, building.");

            migrationBuilder.CreateTable(
                name: "push_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    dedupe_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    sender_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    kind = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    happened_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: true),
                    handled_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    last_error = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_events", x => x.id);
                },
                comment: "Pushes of WeChat: stored before they are answered, acted on once; sender hashed, text encrypted until then; 30 days.");

            migrationBuilder.CreateTable(
                name: "record_corrections",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: true),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    text = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    answer_by = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    answer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    version_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_corrections", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_record_corrections_ended", "(state = 'Asked') = (ended_at is null) and (state in ('Corrected', 'Refused')) = (answered_by is not null and answer is not null)");
                    table.CheckConstraint("ck_record_corrections_own", "answered_by <> person_id and answered_by <> asked_by");
                    table.ForeignKey(
                        name: "fk_record_corrections_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Questions about service records and their answers; nobody answers about their own record.");

            migrationBuilder.CreateTable(
                name: "record_shortfalls",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_shortfalls", x => new { x.community_id, x.version_id });
                    table.CheckConstraint("ck_record_shortfalls_coins", "coins > 0");
                    table.ForeignKey(
                        name: "fk_record_shortfalls_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Coins of corrected or voided records that were used before they could be taken back.");

            migrationBuilder.CreateTable(
                name: "redemption_flags",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    key = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_member_id = table.Column<Guid>(type: "uuid", nullable: true),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_redemption_flags", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_redemption_flags_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Patterns of exchanges that look odd, and what staff made of them.");

            migrationBuilder.CreateTable(
                name: "rule_documents",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    body = table.Column<string>(type: "character varying(15000)", maxLength: 15000, nullable: false),
                    must_accept = table.Column<bool>(type: "boolean", nullable: false),
                    published_by = table.Column<Guid>(type: "uuid", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_documents", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_rule_documents_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Every version of the privacy notice and the rule documents, as it was published.");

            migrationBuilder.CreateTable(
                name: "send_turns",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: false),
                    held_until = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_send_turns", x => x.person_id);
                },
                comment: "Whom a WeChat message is being sent to just now, so that a person is sent one at a time.");

            migrationBuilder.CreateTable(
                name: "service_records",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    activity_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attendance_id = table.Column<Guid>(type: "uuid", nullable: true),
                    start_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    end_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    place = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    content = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    organiser = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_in_charge = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    grade = table.Column<string>(type: "character varying(1)", maxLength: 1, nullable: false),
                    hours_only = table.Column<bool>(type: "boolean", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    coin_rule_version = table.Column<int>(type: "integer", nullable: true),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    written_by = table.Column<Guid>(type: "uuid", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    deadline = table.Column<DateOnly>(type: "date", nullable: false),
                    in_time = table.Column<bool>(type: "boolean", nullable: false),
                    ending = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_records", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_service_records_coins", "coins >= 0 and (coins = 0 or not hours_only)");
                    table.CheckConstraint("ck_service_records_ended", "(ending is null) = (ended_at is null) and (ending is null) = (ended_by is null) and (ending is null) = (end_reason is null)");
                    table.CheckConstraint("ck_service_records_minutes", "minutes > 0 and minutes % 5 = 0 and start_at < end_at");
                    table.CheckConstraint("ck_service_records_own", "written_by <> person_id and coalesce(ended_by, written_by) <> person_id");
                    table.ForeignKey(
                        name: "fk_service_records_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Service records, a row per version; what a version says never changes, and no row goes.");

            migrationBuilder.CreateTable(
                name: "service_thanks",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rating = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    is_shown = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_thanks", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_service_thanks_rating", "rating between 1 and 5");
                    table.ForeignKey(
                        name: "fk_service_thanks_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Ratings and thanks of people who were served, one of each person for a shift.");

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    nonce = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_sessions_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "Signed-in devices: the number of the one refresh token that works, and whether the session was ended.");

            migrationBuilder.CreateTable(
                name: "setup_codes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    used_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_setup_codes", x => new { x.community_id, x.code_hash });
                    table.ForeignKey(
                        name: "fk_setup_codes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "One-time codes by which a community gets its first administrator; made on the server's command line only.");

            migrationBuilder.CreateTable(
                name: "signup_limits",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    lift_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signup_limits", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_signup_limits_lift", "(lifted_at is null) = (lift_reason is null)");
                    table.ForeignKey(
                        name: "fk_signup_limits_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who may not sign up for a while, and why; lifted early where an appeal was right.");

            migrationBuilder.CreateTable(
                name: "spent_phone_codes",
                columns: table => new
                {
                    code_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    spent_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spent_phone_codes", x => x.code_hash);
                },
                comment: "Phone codes that were sent to WeChat, hashed, so that none is sent twice; a day.");

            migrationBuilder.CreateTable(
                name: "template_choices",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    template_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_template_choices", x => new { x.community_id, x.kind });
                    table.ForeignKey(
                        name: "fk_template_choices_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "A community's own choice of a WeChat template for a kind of message.");

            migrationBuilder.CreateTable(
                name: "till_days",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_number = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_till_days", x => new { x.community_id, x.merchant_id, x.day });
                    table.ForeignKey(
                        name: "fk_till_days_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "The last daily number that each merchant gave out on each day; written with the exchange that takes it.");

            migrationBuilder.CreateTable(
                name: "till_marks",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    open_until = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_till_marks", x => new { x.community_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_till_marks_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Whose till page is open just now, so that nothing it shows is sent as a message too.");

            migrationBuilder.CreateTable(
                name: "units",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sort_key = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_units", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_units_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Firms, party branches, social organisations and teams whose people volunteer; closed ones stay for the records that name them.");

            migrationBuilder.CreateTable(
                name: "used_codes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    step = table.Column<long>(type: "bigint", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_used_codes", x => new { x.community_id, x.device_id, x.purpose, x.step });
                    table.ForeignKey(
                        name: "fk_used_codes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Personal codes that were used, so that none is used twice; one day.");

            migrationBuilder.CreateTable(
                name: "volunteer_entries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    title = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    giver = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: true),
                    written_by = table.Column<Guid>(type: "uuid", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    voided_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    voided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    void_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_volunteer_entries", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_volunteer_entries_minutes", "(kind = 'Training') = (minutes is not null) and coalesce(minutes, 1) > 0");
                    table.CheckConstraint("ck_volunteer_entries_own", "written_by <> person_id and coalesce(voided_by, written_by) <> person_id");
                    table.ForeignKey(
                        name: "fk_volunteer_entries_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Trainings and awards of volunteers, entered by staff; nobody enters their own.");

            migrationBuilder.CreateTable(
                name: "volunteers",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_volunteers", x => new { x.community_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_volunteers_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_volunteers_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Members registered as volunteers, with their numbers.");

            migrationBuilder.CreateTable(
                name: "wechat_accounts",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    open_id_hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    open_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    session_key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    logged_in_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wechat_accounts", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_wechat_accounts_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Which WeChat user a person is: openid and session key, encrypted.");

            migrationBuilder.CreateTable(
                name: "grants",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    evidence = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grants", x => new { x.community_id, x.batch_id, x.row });
                    table.CheckConstraint("ck_grants_coins", "coins between 1 and 500");
                    table.ForeignKey(
                        name: "fk_grants_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_grants_grant_batches_batch_id",
                        columns: x => new { x.community_id, x.batch_id },
                        principalTable: "grant_batches",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Each member's part of a batch of grants, with its reason and evidence.");

            migrationBuilder.CreateTable(
                name: "merchant_agreements",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    fen_per_coin = table.Column<long>(type: "bigint", nullable: false),
                    fund_share_percent = table.Column<int>(type: "integer", nullable: false),
                    monthly_cap_fen = table.Column<long>(type: "bigint", nullable: true),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    paper = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merchant_agreements", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_merchant_agreements_days", "ends_on is null or ends_on >= starts_on");
                    table.CheckConstraint("ck_merchant_agreements_terms", "fen_per_coin between 1 and 10000 and fund_share_percent between 0 and 100 and (monthly_cap_fen is null or monthly_cap_fen > 0)");
                    table.ForeignKey(
                        name: "fk_merchant_agreements_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_merchant_agreements_merchants_merchant_id",
                        columns: x => new { x.community_id, x.merchant_id },
                        principalTable: "merchants",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Versions of merchants' terms of money, signed by two; never changed, since settlements refer to them.");

            migrationBuilder.CreateTable(
                name: "merchant_payees",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    account_number = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    bank_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    set_by = table.Column<Guid>(type: "uuid", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merchant_payees", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_merchant_payees_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_merchant_payees_merchants_merchant_id",
                        columns: x => new { x.community_id, x.merchant_id },
                        principalTable: "merchants",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Bank accounts of merchants, encrypted: at most one confirmed and one waiting at a time, earlier ones kept for the payouts that went there.");

            migrationBuilder.CreateTable(
                name: "merchant_staff",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    post = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    end_cause = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merchant_staff", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_merchant_staff_end", "(ended_at is null) = (end_cause is null)");
                    table.ForeignKey(
                        name: "fk_merchant_staff_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_merchant_staff_merchants_merchant_id",
                        columns: x => new { x.community_id, x.merchant_id },
                        principalTable: "merchants",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who is or was owner or clerk of which merchant; the roles MerchantOwner and Clerk follow this table.");

            migrationBuilder.CreateTable(
                name: "offers",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    is_pinned = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offers", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_offers_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_offers_merchants_merchant_id",
                        columns: x => new { x.community_id, x.merchant_id },
                        principalTable: "merchants",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What merchants give for coins; what each is stands in offer_versions.");

            migrationBuilder.CreateTable(
                name: "stations",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    place_id = table.Column<Guid>(type: "uuid", nullable: true),
                    address = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    opening_hours = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    is_archived = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stations", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_stations_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_stations_places",
                        columns: x => new { x.community_id, x.place_id },
                        principalTable: "places",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Volunteer stations and civilization practice stations of a community.");

            migrationBuilder.CreateTable(
                name: "document_acceptances",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_acceptances", x => new { x.community_id, x.person_id, x.document_id });
                    table.ForeignKey(
                        name: "fk_document_acceptances_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_document_acceptances_rule_documents_document_id",
                        columns: x => new { x.community_id, x.document_id },
                        principalTable: "rule_documents",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who accepted which version of which document, and when: the proof of consent.");

            migrationBuilder.CreateTable(
                name: "certificate_lines",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<string>(type: "character varying(19)", maxLength: 19, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certificate_lines", x => new { x.community_id, x.number, x.position });
                    table.ForeignKey(
                        name: "fk_certificate_lines_certificate",
                        columns: x => new { x.community_id, x.number },
                        principalTable: "certificates",
                        principalColumns: new[] { "community_id", "number" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_certificate_lines_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_certificate_lines_record",
                        columns: x => new { x.community_id, x.version_id },
                        principalTable: "service_records",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Which versions of service records a certificate is made of.");

            migrationBuilder.CreateTable(
                name: "province_entries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_province_entries", x => new { x.community_id, x.version_id });
                    table.ForeignKey(
                        name: "fk_province_entries_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_province_entries_record",
                        columns: x => new { x.community_id, x.version_id },
                        principalTable: "service_records",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Versions of service records that were entered into the province's system, with their numbers there.");

            migrationBuilder.CreateTable(
                name: "unit_contacts",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    named_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unit_contacts", x => new { x.community_id, x.unit_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_unit_contacts_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_contacts_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_contacts_units_unit_id",
                        columns: x => new { x.community_id, x.unit_id },
                        principalTable: "units",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who speaks for which unit; whoever is here has the role UnitContact.");

            migrationBuilder.CreateTable(
                name: "unit_members",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    shares_hours_since = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unit_members", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_unit_members_begun", "proposed_at is not null or joined_at is not null");
                    table.CheckConstraint("ck_unit_members_shares", "shares_hours_since is null or (joined_at is not null and ended_at is null)");
                    table.ForeignKey(
                        name: "fk_unit_members_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_members_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_members_units_unit_id",
                        columns: x => new { x.community_id, x.unit_id },
                        principalTable: "units",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who is or was in which unit, and whether the unit may see their hours.");

            migrationBuilder.CreateTable(
                name: "unit_primaries",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unit_primaries", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_unit_primaries_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_primaries_persons_person_id",
                        column: x => x.person_id,
                        principalTable: "persons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_unit_primaries_units_unit_id",
                        columns: x => new { x.community_id, x.unit_id },
                        principalTable: "units",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Which unit a person's service records name, and from when to when it was that one.");

            migrationBuilder.CreateTable(
                name: "offer_versions",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    description = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    extra_text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    stock_total = table.Column<int>(type: "integer", nullable: true),
                    stock_per_day = table.Column<int>(type: "integer", nullable: true),
                    per_person_day = table.Column<int>(type: "integer", nullable: true),
                    per_person_week = table.Column<int>(type: "integer", nullable: true),
                    per_person_month = table.Column<int>(type: "integer", nullable: true),
                    max_quantity = table.Column<int>(type: "integer", nullable: false),
                    weekdays = table.Column<int>(type: "integer", nullable: false),
                    from_minute = table.Column<int>(type: "integer", nullable: false),
                    to_minute = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    approval_id = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_versions", x => new { x.community_id, x.offer_id, x.version });
                    table.CheckConstraint("ck_offer_versions_amounts", "coins > 0 and max_quantity > 0 and weekdays between 1 and 127");
                    table.CheckConstraint("ck_offer_versions_hours", "from_minute >= 0 and from_minute < to_minute and to_minute <= 1440");
                    table.ForeignKey(
                        name: "fk_offer_versions_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_offer_versions_offers_offer_id",
                        columns: x => new { x.community_id, x.offer_id },
                        principalTable: "offers",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Versions of offers as proposed and approved; never changed, since exchanges refer to them.");

            migrationBuilder.CreateTable(
                name: "teams",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    purpose = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    station_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_archived = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teams", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_teams_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_teams_stations",
                        columns: x => new { x.community_id, x.station_id },
                        principalTable: "stations",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "The volunteer teams of a community.");

            migrationBuilder.CreateTable(
                name: "redemptions",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    hold = table.Column<long>(type: "bigint", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_version = table.Column<int>(type: "integer", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    fen_per_coin = table.Column<long>(type: "bigint", nullable: false),
                    fund_share_percent = table.Column<int>(type: "integer", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    channel = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    needs_consent = table.Column<bool>(type: "boolean", nullable: false),
                    consented_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    placed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    held_until = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    is_extended = table.Column<bool>(type: "boolean", nullable: false),
                    placed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    card_id = table.Column<Guid>(type: "uuid", nullable: true),
                    witness_id = table.Column<Guid>(type: "uuid", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    resolved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    is_for_family = table.Column<bool>(type: "boolean", nullable: false),
                    refunded_coins = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_redemptions", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_redemptions_amounts", "coins > 0 and quantity > 0 and number > 0 and refunded_coins between 0 and coins and (refunded_coins = 0 or state = 'Captured')");
                    table.CheckConstraint("ck_redemptions_end", "(state = 'Held') = (resolved_at is null)");
                    table.ForeignKey(
                        name: "fk_redemptions_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_redemptions_merchant_agreements",
                        columns: x => new { x.community_id, x.agreement_id },
                        principalTable: "merchant_agreements",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_redemptions_offer_versions",
                        columns: x => new { x.community_id, x.offer_id, x.offer_version },
                        principalTable: "offer_versions",
                        principalColumns: new[] { "community_id", "offer_id", "version" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Exchanges of coins at merchants, beside the ledger's holds and in the same transactions; settlements are made of the captured ones.");

            migrationBuilder.CreateTable(
                name: "posts",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    duties = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: true),
                    building_id = table.Column<Guid>(type: "uuid", nullable: true),
                    leader_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_archived = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_posts", x => new { x.community_id, x.id });
                    table.ForeignKey(
                        name: "fk_posts_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_posts_places",
                        columns: x => new { x.community_id, x.building_id },
                        principalTable: "places",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_posts_teams",
                        columns: x => new { x.community_id, x.team_id },
                        principalTable: "teams",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Standing volunteer posts of a community, some of which look after a building.");

            migrationBuilder.CreateTable(
                name: "team_leaders",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team_leaders", x => new { x.community_id, x.team_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_team_leaders_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_team_leaders_teams",
                        columns: x => new { x.community_id, x.team_id },
                        principalTable: "teams",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "Who leads which volunteer team, now.");

            migrationBuilder.CreateTable(
                name: "redemption_disputes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    redemption_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    refunded_coins = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_redemption_disputes", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_redemption_disputes_answer", "(state = 'Open') = (answered_at is null)");
                    table.ForeignKey(
                        name: "fk_redemption_disputes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_redemption_disputes_redemptions",
                        columns: x => new { x.community_id, x.redemption_id },
                        principalTable: "redemptions",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "What members say isn't right about exchanges, and what staff answered.");

            migrationBuilder.CreateTable(
                name: "redemption_refunds",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    redemption_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    coins = table.Column<long>(type: "bigint", nullable: false),
                    made_by = table.Column<Guid>(type: "uuid", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    is_undo = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_redemption_refunds", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_redemption_refunds_coins", "coins > 0");
                    table.ForeignKey(
                        name: "fk_redemption_refunds_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_redemption_refunds_redemptions",
                        columns: x => new { x.community_id, x.redemption_id },
                        principalTable: "redemptions",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Coins that merchants gave back after an exchange; written in the ledger's transactions, read by settlements.");

            migrationBuilder.CreateTable(
                name: "activities",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    category = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    guided_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    hosted_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    run_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    organiser_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    organiser_id = table.Column<Guid>(type: "uuid", nullable: true),
                    organiser_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    contact_name = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    contact_phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    risks = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    insurance = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    is_hours_only = table.Column<bool>(type: "boolean", nullable: false),
                    budget_coins = table.Column<long>(type: "bigint", nullable: true),
                    promised_coins = table.Column<long>(type: "bigint", nullable: false),
                    issued_coins = table.Column<long>(type: "bigint", nullable: false),
                    needs_approval = table.Column<bool>(type: "boolean", nullable: false),
                    is_text_held = table.Column<bool>(type: "boolean", nullable: false),
                    post_id = table.Column<Guid>(type: "uuid", nullable: true),
                    series_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    cancel_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activities", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_activities_coins", "(is_hours_only = (budget_coins is null) or state in ('Draft', 'Cancelled')) and promised_coins >= 0 and issued_coins >= 0 and promised_coins <= coalesce(budget_coins, 0)");
                    table.CheckConstraint("ck_activities_finished", "(state in ('Closed', 'Cancelled')) = (finished_at is not null)");
                    table.CheckConstraint("ck_activities_post", "(kind = 'Standing') = (post_id is not null)");
                    table.CheckConstraint("ck_activities_published", "state in ('Draft', 'Cancelled') or (published_at is not null and hosted_by is not null and contact_phone is not null and risks is not null and insurance is not null)");
                    table.ForeignKey(
                        name: "fk_activities_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_activities_posts",
                        columns: x => new { x.community_id, x.post_id },
                        principalTable: "posts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Volunteer activities: what is done, who organises it, what it promises; their shifts say when and where.");

            migrationBuilder.CreateTable(
                name: "rota_lines",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    post_id = table.Column<Guid>(type: "uuid", nullable: false),
                    weekday = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    starts_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rota_lines", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_rota_lines_numbers", "minutes between 10 and 720 and capacity between 1 and 10000");
                    table.ForeignKey(
                        name: "fk_rota_lines_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_rota_lines_posts",
                        columns: x => new { x.community_id, x.post_id },
                        principalTable: "posts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "The weekly rota of standing posts, line by line, from which shifts are made four weeks ahead.");

            migrationBuilder.CreateTable(
                name: "shifts",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    taken = table.Column<int>(type: "integer", nullable: false),
                    place_id = table.Column<Guid>(type: "uuid", nullable: true),
                    address = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    radius_metres = table.Column<int>(type: "integer", nullable: true),
                    leader_id = table.Column<Guid>(type: "uuid", nullable: true),
                    min_age = table.Column<int>(type: "integer", nullable: true),
                    is_guardian_needed = table.Column<bool>(type: "boolean", nullable: false),
                    skills = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    coin_rule_version = table.Column<int>(type: "integer", nullable: true),
                    rota_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    rota_date = table.Column<DateOnly>(type: "date", nullable: true),
                    people_served = table.Column<int>(type: "integer", nullable: true),
                    problems_solved = table.Column<int>(type: "integer", nullable: true),
                    impact_lines = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shifts", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_shifts_capacity", "capacity between 1 and 10000 and taken between 0 and capacity");
                    table.CheckConstraint("ck_shifts_point", "(latitude is null) = (longitude is null) and (radius_metres is null or latitude is not null)");
                    table.CheckConstraint("ck_shifts_rota", "(rota_line_id is null) = (rota_date is null)");
                    table.CheckConstraint("ck_shifts_time", "ends_at > starts_at");
                    table.ForeignKey(
                        name: "fk_shifts_activities",
                        columns: x => new { x.community_id, x.activity_id },
                        principalTable: "activities",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_shifts_coin_rules",
                        columns: x => new { x.community_id, x.coin_rule_version },
                        principalTable: "coin_rules",
                        principalColumns: new[] { "community_id", "version" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_shifts_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_shifts_places",
                        columns: x => new { x.community_id, x.place_id },
                        principalTable: "places",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_shifts_rota_lines",
                        columns: x => new { x.community_id, x.rota_line_id },
                        principalTable: "rota_lines",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "When and where an activity takes place, and how many people have a place in it.");

            migrationBuilder.CreateTable(
                name: "shift_counts",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    listed = table.Column<int>(type: "integer", nullable: false),
                    counted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    counted_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shift_counts", x => new { x.community_id, x.shift_id });
                    table.CheckConstraint("ck_shift_counts_people", "people between 0 and 10000 and listed >= 0");
                    table.ForeignKey(
                        name: "fk_shift_counts_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_shift_counts_shifts",
                        columns: x => new { x.community_id, x.shift_id },
                        principalTable: "shifts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "How many people the leader counted at a shift, beside which the list of who checked in is held before it is verified.");

            migrationBuilder.CreateTable(
                name: "shift_watches",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reminded_for = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    end_noted_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shift_watches", x => new { x.community_id, x.shift_id });
                    table.ForeignKey(
                        name: "fk_shift_watches_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_shift_watches_shifts",
                        columns: x => new { x.community_id, x.shift_id },
                        principalTable: "shifts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "Which reminders of a shift went out, so that a sweep that runs again sends none twice.");

            migrationBuilder.CreateTable(
                name: "signups",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    is_hours_only = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    answer_by = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signups", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_signups_offer", "(state = 'Offered') = (answer_by is not null)");
                    table.CheckConstraint("ck_signups_reason", "state not in ('Rejected', 'Excused') or reason is not null");
                    table.CheckConstraint("ck_signups_time", "ends_at > starts_at");
                    table.ForeignKey(
                        name: "fk_signups_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signups_shifts",
                        columns: x => new { x.community_id, x.shift_id },
                        principalTable: "shifts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who signed up for which shift and what became of it; nobody's overlap, and none is more than the shift has places.");

            migrationBuilder.CreateTable(
                name: "attendances",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    shift_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signup_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    checked_in_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    checked_in_way = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    checked_in_by = table.Column<Guid>(type: "uuid", nullable: false),
                    checked_out_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    checked_out_way = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    checked_out_by = table.Column<Guid>(type: "uuid", nullable: true),
                    back_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    away_seconds = table.Column<int>(type: "integer", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: true),
                    grade = table.Column<string>(type: "character varying(1)", maxLength: 1, nullable: false),
                    verified_minutes = table.Column<int>(type: "integer", nullable: true),
                    verified_by = table.Column<Guid>(type: "uuid", nullable: true),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    second_by = table.Column<Guid>(type: "uuid", nullable: true),
                    second_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attendances", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_attendances_minutes", "away_seconds >= 0 and minutes >= 0 and minutes % 5 = 0 and verified_minutes >= 0 and verified_minutes % 5 = 0");
                    table.CheckConstraint("ck_attendances_open", "(state <> 'Open' or checked_out_at is null) and (state not in ('CheckedOut', 'Proposed', 'Verified') or checked_out_at >= checked_in_at)");
                    table.CheckConstraint("ck_attendances_out", "(checked_out_at is null) = (checked_out_way is null) and (checked_out_at is null) = (checked_out_by is null) and (checked_out_at is null) = (minutes is null)");
                    table.CheckConstraint("ck_attendances_own", "verified_by <> person_id and second_by <> person_id and second_by <> verified_by");
                    table.CheckConstraint("ck_attendances_second", "(second_by is null) = (second_at is null) and (state <> 'Verified' or grade <> 'C' or second_by is not null)");
                    table.CheckConstraint("ck_attendances_time", "ends_at > starts_at");
                    table.CheckConstraint("ck_attendances_verified", "(verified_by is null) = (verified_at is null) and (state in ('Proposed', 'Verified')) = (verified_minutes is not null) and (state in ('Proposed', 'Verified', 'NotCounted')) = (verified_by is not null) and (state <> 'NotCounted' or reason is not null)");
                    table.ForeignKey(
                        name: "fk_attendances_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_attendances_shifts",
                        columns: x => new { x.community_id, x.shift_id },
                        principalTable: "shifts",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_attendances_signups",
                        columns: x => new { x.community_id, x.signup_id },
                        principalTable: "signups",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Who came to which shift and went when, how that is known, and what was verified of it; nobody is at two shifts at once.");

            migrationBuilder.CreateTable(
                name: "no_show_appeals",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    signup_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    text = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    is_accepted = table.Column<bool>(type: "boolean", nullable: true),
                    answer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_no_show_appeals", x => new { x.community_id, x.signup_id });
                    table.CheckConstraint("ck_no_show_appeals_answer", "(is_accepted is null) = (answered_at is null) and (is_accepted is null) = (answered_by is null) and (is_accepted is null) = (answer is null)");
                    table.CheckConstraint("ck_no_show_appeals_own", "answered_by <> person_id and answered_by <> asked_by");
                    table.ForeignKey(
                        name: "fk_no_show_appeals_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_no_show_appeals_signups",
                        columns: x => new { x.community_id, x.signup_id },
                        principalTable: "signups",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Appeals against having been noted as not come, and their answers; nobody answers their own.");

            migrationBuilder.CreateTable(
                name: "attendance_fixes",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    attendance_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    distance_metres = table.Column<int>(type: "integer", nullable: false),
                    is_near = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attendance_fixes", x => new { x.community_id, x.attendance_id, x.at });
                    table.ForeignKey(
                        name: "fk_attendance_fixes_attendances",
                        columns: x => new { x.community_id, x.attendance_id },
                        principalTable: "attendances",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_attendance_fixes_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "How far from the meeting point a phone was, in steps of 100 metres, where its owner agreed; 30 days.");

            migrationBuilder.CreateIndex(
                name: "ix_persons_closed_at",
                table: "persons",
                column: "closed_at",
                filter: "closed_at is not null and erased_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_activities_community_id_post_id",
                table: "activities",
                columns: new[] { "community_id", "post_id" },
                unique: true,
                filter: "post_id is not null and state = 'Published'");

            migrationBuilder.CreateIndex(
                name: "ix_activities_community_id_state",
                table: "activities",
                columns: new[] { "community_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_approvals_community_id_kind_subject",
                table: "approvals",
                columns: new[] { "community_id", "kind", "subject" },
                unique: true,
                filter: "state = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "ix_attendance_events_community_id_shift_id_kind",
                table: "attendance_events",
                columns: new[] { "community_id", "shift_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_attendance_fixes_at",
                table: "attendance_fixes",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_attendances_community_id_activity_id_state",
                table: "attendances",
                columns: new[] { "community_id", "activity_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_attendances_community_id_ends_at",
                table: "attendances",
                columns: new[] { "community_id", "ends_at" },
                filter: "state in ('Open', 'CheckedOut', 'Proposed')");

            migrationBuilder.CreateIndex(
                name: "ix_attendances_community_id_shift_id_person_id",
                table: "attendances",
                columns: new[] { "community_id", "shift_id", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attendances_community_id_signup_id",
                table: "attendances",
                columns: new[] { "community_id", "signup_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attendances_person_id_starts_at",
                table: "attendances",
                columns: new[] { "person_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_community_id_person_id_id",
                table: "audit_entries",
                columns: new[] { "community_id", "person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_certificate_lines_community_id_version_id",
                table: "certificate_lines",
                columns: new[] { "community_id", "version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_certificates_community_id_content_hash",
                table: "certificates",
                columns: new[] { "community_id", "content_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_certificates_community_id_person_id_issued_at",
                table: "certificates",
                columns: new[] { "community_id", "person_id", "issued_at" });

            migrationBuilder.CreateIndex(
                name: "ix_code_scenes_community_id_purpose_subject",
                table: "code_scenes",
                columns: new[] { "community_id", "purpose", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_code_scenes_scene",
                table: "code_scenes",
                column: "scene",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_content_reviews_community_id_kind_subject",
                table: "content_reviews",
                columns: new[] { "community_id", "kind", "subject" });

            migrationBuilder.CreateIndex(
                name: "ix_content_reviews_community_id_state_id",
                table: "content_reviews",
                columns: new[] { "community_id", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_content_reviews_created_at",
                table: "content_reviews",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_content_reviews_trace_id",
                table: "content_reviews",
                column: "trace_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deputies_community_id_deputy_id",
                table: "deputies",
                columns: new[] { "community_id", "deputy_id" });

            migrationBuilder.CreateIndex(
                name: "ix_device_secrets_device_id",
                table: "device_secrets",
                column: "device_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_device_secrets_issued_at",
                table: "device_secrets",
                column: "issued_at");

            migrationBuilder.CreateIndex(
                name: "ix_document_acceptances_community_id_document_id",
                table: "document_acceptances",
                columns: new[] { "community_id", "document_id" });

            migrationBuilder.CreateIndex(
                name: "ix_elder_cards_community_id_number_hash",
                table: "elder_cards",
                columns: new[] { "community_id", "number_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_elder_cards_community_id_person_id",
                table: "elder_cards",
                columns: new[] { "community_id", "person_id" },
                unique: true,
                filter: "revoked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_elder_cards_person_id",
                table: "elder_cards",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_elder_entries_person_id",
                table: "elder_entries",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_extension_orders_community_id",
                table: "extension_orders",
                column: "community_id",
                filter: "done_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_family_codes_community_id_code_hash",
                table: "family_codes",
                columns: new[] { "community_id", "code_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_family_codes_community_id_expires_at",
                table: "family_codes",
                columns: new[] { "community_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_family_links_community_id_helper_id_principal_id",
                table: "family_links",
                columns: new[] { "community_id", "helper_id", "principal_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_family_links_community_id_principal_id",
                table: "family_links",
                columns: new[] { "community_id", "principal_id" });

            migrationBuilder.CreateIndex(
                name: "ix_family_links_helper_id",
                table: "family_links",
                column: "helper_id");

            migrationBuilder.CreateIndex(
                name: "ix_family_links_principal_id",
                table: "family_links",
                column: "principal_id");

            migrationBuilder.CreateIndex(
                name: "ix_fund_contributions_community_id_posting_seq",
                table: "fund_contributions",
                columns: new[] { "community_id", "posting_seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_fund_contributions_opening",
                table: "fund_contributions",
                column: "community_id",
                unique: true,
                filter: "is_opening");

            migrationBuilder.CreateIndex(
                name: "ix_grant_batches_community_id_file_hash",
                table: "grant_batches",
                columns: new[] { "community_id", "file_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_grant_batches_community_id_maker_id_month",
                table: "grant_batches",
                columns: new[] { "community_id", "maker_id", "month" });

            migrationBuilder.CreateIndex(
                name: "ix_grants_community_id_member_id",
                table: "grants",
                columns: new[] { "community_id", "member_id" });

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_child_id",
                table: "guardianships",
                column: "child_id");

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_community_id_child_id",
                table: "guardianships",
                columns: new[] { "community_id", "child_id" });

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_community_id_guardian_id_child_id",
                table: "guardianships",
                columns: new[] { "community_id", "guardian_id", "child_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_guardianships_guardian_id",
                table: "guardianships",
                column: "guardian_id");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_community_id_person_id_dedupe_key",
                table: "inbox_messages",
                columns: new[] { "community_id", "person_id", "dedupe_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_created_at",
                table: "inbox_messages",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_person_id",
                table: "inbox_messages",
                column: "person_id",
                filter: "read_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_person_id_id",
                table: "inbox_messages",
                columns: new[] { "person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_join_codes_community_id_code_hash",
                table: "join_codes",
                columns: new[] { "community_id", "code_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_community_id_id",
                table: "members",
                columns: new[] { "community_id", "id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_person_id",
                table: "members",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_merchant_agreements_community_id_merchant_id_version",
                table: "merchant_agreements",
                columns: new[] { "community_id", "merchant_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_merchant_payees_community_id_merchant_id",
                table: "merchant_payees",
                columns: new[] { "community_id", "merchant_id" },
                unique: true,
                filter: "ended_at is null and confirmed_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_merchant_payees_community_id_merchant_id1",
                table: "merchant_payees",
                columns: new[] { "community_id", "merchant_id" },
                unique: true,
                filter: "ended_at is null and confirmed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_merchant_staff_community_id_merchant_id_person_id",
                table: "merchant_staff",
                columns: new[] { "community_id", "merchant_id", "person_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_merchant_staff_community_id_person_id",
                table: "merchant_staff",
                columns: new[] { "community_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_merchant_staff_idle",
                table: "merchant_staff",
                columns: new[] { "community_id", "last_used_at" },
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_merchants_community_id_name",
                table: "merchants",
                columns: new[] { "community_id", "name" },
                unique: true,
                filter: "state <> 'Left'");

            migrationBuilder.CreateIndex(
                name: "ix_merchants_community_id_sort_key_id",
                table: "merchants",
                columns: new[] { "community_id", "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_minor_consents_child_id",
                table: "minor_consents",
                column: "child_id");

            migrationBuilder.CreateIndex(
                name: "ix_minor_consents_community_id_child_id_id",
                table: "minor_consents",
                columns: new[] { "community_id", "child_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_no_show_appeals_community_id_asked_at",
                table: "no_show_appeals",
                columns: new[] { "community_id", "asked_at" },
                filter: "answered_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_no_show_appeals_community_id_person_id",
                table: "no_show_appeals",
                columns: new[] { "community_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_offers_community_id_merchant_id",
                table: "offers",
                columns: new[] { "community_id", "merchant_id" },
                unique: true,
                filter: "is_pinned");

            migrationBuilder.CreateIndex(
                name: "ix_offers_community_id_merchant_id_id",
                table: "offers",
                columns: new[] { "community_id", "merchant_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_partnerships_community_id_sort_key_id",
                table: "partnerships",
                columns: new[] { "community_id", "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_person_details_community_id_id_number_hash",
                table: "person_details",
                columns: new[] { "community_id", "id_number_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_person_details_person_id",
                table: "person_details",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_phones_number_hash",
                table: "phones",
                column: "number_hash");

            migrationBuilder.CreateIndex(
                name: "ix_phones_person_id_state",
                table: "phones",
                columns: new[] { "person_id", "state" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_places_community_id_name",
                table: "places",
                columns: new[] { "community_id", "name" },
                unique: true,
                filter: "parent_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_places_community_id_parent_id_name",
                table: "places",
                columns: new[] { "community_id", "parent_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_posts_community_id_building_id",
                table: "posts",
                columns: new[] { "community_id", "building_id" },
                unique: true,
                filter: "building_id is not null and not is_archived");

            migrationBuilder.CreateIndex(
                name: "ix_posts_community_id_leader_id",
                table: "posts",
                columns: new[] { "community_id", "leader_id" });

            migrationBuilder.CreateIndex(
                name: "ix_posts_community_id_name",
                table: "posts",
                columns: new[] { "community_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_posts_community_id_team_id",
                table: "posts",
                columns: new[] { "community_id", "team_id" });

            migrationBuilder.CreateIndex(
                name: "ix_province_entries_community_id_number",
                table: "province_entries",
                columns: new[] { "community_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_push_events_dedupe_hash",
                table: "push_events",
                column: "dedupe_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_push_events_due_at",
                table: "push_events",
                column: "due_at",
                filter: "handled_at is null and dead_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_push_events_received_at",
                table: "push_events",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_record_corrections_community_id_person_id_id",
                table: "record_corrections",
                columns: new[] { "community_id", "person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_corrections_community_id_record_id",
                table: "record_corrections",
                columns: new[] { "community_id", "record_id" },
                unique: true,
                filter: "state = 'Asked' and record_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_record_corrections_community_id_state_answer_by",
                table: "record_corrections",
                columns: new[] { "community_id", "state", "answer_by" });

            migrationBuilder.CreateIndex(
                name: "ix_record_shortfalls_community_id_member_id",
                table: "record_shortfalls",
                columns: new[] { "community_id", "member_id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_shortfalls_community_id_record_id",
                table: "record_shortfalls",
                columns: new[] { "community_id", "record_id" });

            migrationBuilder.CreateIndex(
                name: "ix_redemption_disputes_community_id_asked_by",
                table: "redemption_disputes",
                columns: new[] { "community_id", "asked_by" });

            migrationBuilder.CreateIndex(
                name: "ix_redemption_disputes_community_id_merchant_id_asked_at",
                table: "redemption_disputes",
                columns: new[] { "community_id", "merchant_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_redemption_disputes_community_id_redemption_id",
                table: "redemption_disputes",
                columns: new[] { "community_id", "redemption_id" },
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_redemption_flags_community_id_key",
                table: "redemption_flags",
                columns: new[] { "community_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_redemption_refunds_community_id_made_at",
                table: "redemption_refunds",
                columns: new[] { "community_id", "made_at" });

            migrationBuilder.CreateIndex(
                name: "ix_redemption_refunds_community_id_redemption_id",
                table: "redemption_refunds",
                columns: new[] { "community_id", "redemption_id" });

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_community_id_agreement_id",
                table: "redemptions",
                columns: new[] { "community_id", "agreement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_community_id_hold",
                table: "redemptions",
                columns: new[] { "community_id", "hold" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_community_id_member_id_hold",
                table: "redemptions",
                columns: new[] { "community_id", "member_id", "hold" });

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_community_id_merchant_id_day_number",
                table: "redemptions",
                columns: new[] { "community_id", "merchant_id", "day", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_redemptions_community_id_offer_id_offer_version",
                table: "redemptions",
                columns: new[] { "community_id", "offer_id", "offer_version" });

            migrationBuilder.CreateIndex(
                name: "ix_rota_lines_community_id_post_id",
                table: "rota_lines",
                columns: new[] { "community_id", "post_id" });

            migrationBuilder.CreateIndex(
                name: "ix_rule_documents_community_id_kind_version",
                table: "rule_documents",
                columns: new[] { "community_id", "kind", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_send_turns_held_until",
                table: "send_turns",
                column: "held_until");

            migrationBuilder.CreateIndex(
                name: "ix_service_records_community_id_activity_id",
                table: "service_records",
                columns: new[] { "community_id", "activity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_service_records_community_id_attendance_id",
                table: "service_records",
                columns: new[] { "community_id", "attendance_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_service_records_community_id_record_id_version",
                table: "service_records",
                columns: new[] { "community_id", "record_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_service_records_community_id_start_at_id",
                table: "service_records",
                columns: new[] { "community_id", "start_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_service_records_person_id_start_at",
                table: "service_records",
                columns: new[] { "person_id", "start_at" });

            migrationBuilder.CreateIndex(
                name: "ix_service_thanks_community_id_shift_id_person_id",
                table: "service_thanks",
                columns: new[] { "community_id", "shift_id", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_person_id",
                table: "sessions",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_shifts_community_id_activity_id_starts_at",
                table: "shifts",
                columns: new[] { "community_id", "activity_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_shifts_community_id_coin_rule_version",
                table: "shifts",
                columns: new[] { "community_id", "coin_rule_version" });

            migrationBuilder.CreateIndex(
                name: "ix_shifts_community_id_leader_id",
                table: "shifts",
                columns: new[] { "community_id", "leader_id" });

            migrationBuilder.CreateIndex(
                name: "ix_shifts_community_id_place_id",
                table: "shifts",
                columns: new[] { "community_id", "place_id" });

            migrationBuilder.CreateIndex(
                name: "ix_shifts_community_id_rota_line_id_rota_date",
                table: "shifts",
                columns: new[] { "community_id", "rota_line_id", "rota_date" },
                unique: true,
                filter: "rota_line_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_shifts_community_id_starts_at",
                table: "shifts",
                columns: new[] { "community_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_signup_limits_community_id_person_id",
                table: "signup_limits",
                columns: new[] { "community_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_signups_answer_by",
                table: "signups",
                column: "answer_by",
                filter: "state = 'Offered'");

            migrationBuilder.CreateIndex(
                name: "ix_signups_community_id_shift_id_person_id",
                table: "signups",
                columns: new[] { "community_id", "shift_id", "person_id" },
                unique: true,
                filter: "state in ('Requested', 'Waitlisted', 'NoShow', 'Offered', 'Confirmed', 'CheckedIn', 'CheckedOut', 'Verified', 'Recorded')");

            migrationBuilder.CreateIndex(
                name: "ix_signups_community_id_shift_id_state",
                table: "signups",
                columns: new[] { "community_id", "shift_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_signups_person_id_starts_at",
                table: "signups",
                columns: new[] { "person_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_spent_phone_codes_spent_at",
                table: "spent_phone_codes",
                column: "spent_at");

            migrationBuilder.CreateIndex(
                name: "ix_stations_community_id_name",
                table: "stations",
                columns: new[] { "community_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stations_community_id_place_id",
                table: "stations",
                columns: new[] { "community_id", "place_id" });

            migrationBuilder.CreateIndex(
                name: "ix_team_leaders_community_id_person_id",
                table: "team_leaders",
                columns: new[] { "community_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_teams_community_id_name",
                table: "teams",
                columns: new[] { "community_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_teams_community_id_station_id",
                table: "teams",
                columns: new[] { "community_id", "station_id" });

            migrationBuilder.CreateIndex(
                name: "ix_unit_contacts_community_id_person_id",
                table: "unit_contacts",
                columns: new[] { "community_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_unit_contacts_person_id",
                table: "unit_contacts",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_unit_members_community_id_person_id",
                table: "unit_members",
                columns: new[] { "community_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_unit_members_community_id_unit_id_person_id",
                table: "unit_members",
                columns: new[] { "community_id", "unit_id", "person_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_unit_members_person_id",
                table: "unit_members",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_unit_primaries_community_id_person_id_from_at",
                table: "unit_primaries",
                columns: new[] { "community_id", "person_id", "from_at" });

            migrationBuilder.CreateIndex(
                name: "ix_unit_primaries_community_id_unit_id",
                table: "unit_primaries",
                columns: new[] { "community_id", "unit_id" });

            migrationBuilder.CreateIndex(
                name: "ix_unit_primaries_person_id",
                table: "unit_primaries",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_unit_primaries_present",
                table: "unit_primaries",
                columns: new[] { "community_id", "person_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_units_community_id_name",
                table: "units",
                columns: new[] { "community_id", "name" },
                unique: true,
                filter: "closed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_units_community_id_sort_key_id",
                table: "units",
                columns: new[] { "community_id", "sort_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_used_codes_used_at",
                table: "used_codes",
                column: "used_at");

            migrationBuilder.CreateIndex(
                name: "ix_volunteer_entries_community_id_person_id_id",
                table: "volunteer_entries",
                columns: new[] { "community_id", "person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_volunteers_community_id_number",
                table: "volunteers",
                columns: new[] { "community_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_volunteers_person_id",
                table: "volunteers",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_wechat_accounts_open_id_hash",
                table: "wechat_accounts",
                column: "open_id_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_templates");

            migrationBuilder.DropTable(
                name: "app_links");

            migrationBuilder.DropTable(
                name: "approvals");

            migrationBuilder.DropTable(
                name: "attendance_events");

            migrationBuilder.DropTable(
                name: "attendance_fixes");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "birth_dates");

            migrationBuilder.DropTable(
                name: "book_checks");

            migrationBuilder.DropTable(
                name: "certificate_lines");

            migrationBuilder.DropTable(
                name: "certificate_settings");

            migrationBuilder.DropTable(
                name: "code_scenes");

            migrationBuilder.DropTable(
                name: "coin_pauses");

            migrationBuilder.DropTable(
                name: "content_reviews");

            migrationBuilder.DropTable(
                name: "deputies");

            migrationBuilder.DropTable(
                name: "device_secrets");

            migrationBuilder.DropTable(
                name: "document_acceptances");

            migrationBuilder.DropTable(
                name: "elder_cards");

            migrationBuilder.DropTable(
                name: "elder_entries");

            migrationBuilder.DropTable(
                name: "extension_orders");

            migrationBuilder.DropTable(
                name: "family_codes");

            migrationBuilder.DropTable(
                name: "family_links");

            migrationBuilder.DropTable(
                name: "fund_contributions");

            migrationBuilder.DropTable(
                name: "fund_policies");

            migrationBuilder.DropTable(
                name: "grants");

            migrationBuilder.DropTable(
                name: "guardianships");

            migrationBuilder.DropTable(
                name: "inbox_messages");

            migrationBuilder.DropTable(
                name: "join_codes");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "merchant_payees");

            migrationBuilder.DropTable(
                name: "merchant_staff");

            migrationBuilder.DropTable(
                name: "message_consents");

            migrationBuilder.DropTable(
                name: "message_preferences");

            migrationBuilder.DropTable(
                name: "minor_consents");

            migrationBuilder.DropTable(
                name: "month_heads");

            migrationBuilder.DropTable(
                name: "no_show_appeals");

            migrationBuilder.DropTable(
                name: "partnerships");

            migrationBuilder.DropTable(
                name: "person_details");

            migrationBuilder.DropTable(
                name: "phones");

            migrationBuilder.DropTable(
                name: "province_entries");

            migrationBuilder.DropTable(
                name: "push_events");

            migrationBuilder.DropTable(
                name: "record_corrections");

            migrationBuilder.DropTable(
                name: "record_shortfalls");

            migrationBuilder.DropTable(
                name: "redemption_disputes");

            migrationBuilder.DropTable(
                name: "redemption_flags");

            migrationBuilder.DropTable(
                name: "redemption_refunds");

            migrationBuilder.DropTable(
                name: "send_turns");

            migrationBuilder.DropTable(
                name: "service_thanks");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "setup_codes");

            migrationBuilder.DropTable(
                name: "shift_counts");

            migrationBuilder.DropTable(
                name: "shift_watches");

            migrationBuilder.DropTable(
                name: "signup_limits");

            migrationBuilder.DropTable(
                name: "spent_phone_codes");

            migrationBuilder.DropTable(
                name: "team_leaders");

            migrationBuilder.DropTable(
                name: "template_choices");

            migrationBuilder.DropTable(
                name: "till_days");

            migrationBuilder.DropTable(
                name: "till_marks");

            migrationBuilder.DropTable(
                name: "unit_contacts");

            migrationBuilder.DropTable(
                name: "unit_members");

            migrationBuilder.DropTable(
                name: "unit_primaries");

            migrationBuilder.DropTable(
                name: "used_codes");

            migrationBuilder.DropTable(
                name: "volunteer_entries");

            migrationBuilder.DropTable(
                name: "volunteers");

            migrationBuilder.DropTable(
                name: "wechat_accounts");

            migrationBuilder.DropTable(
                name: "attendances");

            migrationBuilder.DropTable(
                name: "certificates");

            migrationBuilder.DropTable(
                name: "rule_documents");

            migrationBuilder.DropTable(
                name: "grant_batches");

            migrationBuilder.DropTable(
                name: "service_records");

            migrationBuilder.DropTable(
                name: "redemptions");

            migrationBuilder.DropTable(
                name: "units");

            migrationBuilder.DropTable(
                name: "signups");

            migrationBuilder.DropTable(
                name: "merchant_agreements");

            migrationBuilder.DropTable(
                name: "offer_versions");

            migrationBuilder.DropTable(
                name: "shifts");

            migrationBuilder.DropTable(
                name: "offers");

            migrationBuilder.DropTable(
                name: "activities");

            migrationBuilder.DropTable(
                name: "coin_rules");

            migrationBuilder.DropTable(
                name: "rota_lines");

            migrationBuilder.DropTable(
                name: "merchants");

            migrationBuilder.DropTable(
                name: "posts");

            migrationBuilder.DropTable(
                name: "teams");

            migrationBuilder.DropTable(
                name: "stations");

            migrationBuilder.DropTable(
                name: "places");

            migrationBuilder.DropIndex(
                name: "ix_persons_closed_at",
                table: "persons");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "persons");

            migrationBuilder.DropColumn(
                name: "erased_at",
                table: "persons");
        }
    }
}
