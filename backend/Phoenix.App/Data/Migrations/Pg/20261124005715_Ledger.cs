using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Phoenix.Ledger.Schema;
using Phoenix.Platform.Data;

#nullable disable

namespace Phoenix.App.Data.Migrations.Pg
{
    /// <inheritdoc />
    public partial class Ledger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(LedgerSchema.Sql(DatabaseKind.PostgreSql));

        /// <summary>Refused: the journal only grows.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("The ledger is never taken down.");
    }
}
