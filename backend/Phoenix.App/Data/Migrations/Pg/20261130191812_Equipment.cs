using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Phoenix.App.Data.Migrations.Pg
{
    /// <inheritdoc />
    public partial class Equipment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "equipment_items",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    kind = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    station_id = table.Column<Guid>(type: "uuid", nullable: true),
                    place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    note = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    state = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_equipment_items", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_equipment_items_number", "number > 0");
                    table.CheckConstraint("ck_equipment_items_where", "(station_id is null) <> (place is null)");
                    table.ForeignKey(
                        name: "fk_equipment_items_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_equipment_items_stations",
                        columns: x => new { x.community_id, x.station_id },
                        principalTable: "stations",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "Things that a community lends, each with the number stuck on it; retired ones stay for their log.");

            migrationBuilder.CreateTable(
                name: "equipment_loans",
                columns: table => new
                {
                    community_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    borrower_id = table.Column<Guid>(type: "uuid", nullable: true),
                    borrower = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: true),
                    lent_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: false),
                    lent_by = table.Column<Guid>(type: "uuid", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    extensions = table.Column<int>(type: "integer", nullable: false),
                    reminded_for = table.Column<DateOnly>(type: "date", nullable: true),
                    overdue_for = table.Column<DateOnly>(type: "date", nullable: true),
                    returned_at = table.Column<DateTimeOffset>(type: "timestamptz", nullable: true),
                    returned_to = table.Column<Guid>(type: "uuid", nullable: true),
                    condition = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: true),
                    note = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_equipment_loans", x => new { x.community_id, x.id });
                    table.CheckConstraint("ck_equipment_loans_borrower", "(borrower_id is null or borrower is null) and (returned_at is not null or borrower_id is not null or borrower is not null)");
                    table.CheckConstraint("ck_equipment_loans_extensions", "extensions between 0 and 3");
                    table.CheckConstraint("ck_equipment_loans_own", "lent_by <> borrower_id and returned_to <> borrower_id");
                    table.CheckConstraint("ck_equipment_loans_returned", "(returned_at is null) = (returned_to is null) and (returned_at is null) = (condition is null) and (note is null or returned_at is not null)");
                    table.ForeignKey(
                        name: "fk_equipment_loans_communities_community_id",
                        column: x => x.community_id,
                        principalTable: "communities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_equipment_loans_items",
                        columns: x => new { x.community_id, x.item_id },
                        principalTable: "equipment_items",
                        principalColumns: new[] { "community_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                },
                comment: "The loan log: who has what until when and how it came back; at most one open for an item, closed ones never change. Nobody lends to themselves.");

            migrationBuilder.CreateIndex(
                name: "ix_equipment_items_community_id_number",
                table: "equipment_items",
                columns: new[] { "community_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_equipment_items_community_id_station_id",
                table: "equipment_items",
                columns: new[] { "community_id", "station_id" });

            migrationBuilder.CreateIndex(
                name: "ix_equipment_loans_community_id_borrower_id_id",
                table: "equipment_loans",
                columns: new[] { "community_id", "borrower_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_equipment_loans_community_id_due_on",
                table: "equipment_loans",
                columns: new[] { "community_id", "due_on" },
                filter: "returned_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_equipment_loans_community_id_item_id_id",
                table: "equipment_loans",
                columns: new[] { "community_id", "item_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_equipment_loans_community_id_returned_at",
                table: "equipment_loans",
                columns: new[] { "community_id", "returned_at" });

            migrationBuilder.CreateIndex(
                name: "ux_equipment_loans_open",
                table: "equipment_loans",
                columns: new[] { "community_id", "item_id" },
                unique: true,
                filter: "returned_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "equipment_loans");

            migrationBuilder.DropTable(
                name: "equipment_items");
        }
    }
}
