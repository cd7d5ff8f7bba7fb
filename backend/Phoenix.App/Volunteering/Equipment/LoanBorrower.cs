using System.Text.Json;
using FluentValidation;
using Phoenix.App.Http;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>Who borrows without being a member: kept encrypted.</summary>
/// <param name="Name">What they are called, 1 to 20 characters.</param>
/// <param name="Phone">The number: 5 to 20 digits, spaces, + and -.</param>
public sealed record LoanBorrower(string Name, string Phone)
{
    /// <summary>Longest column: both in their longest form, JSON, encrypted, in base64.</summary>
    public const int MaxSealedLength = 600;

    private const int MaxNameLength = 20;

    internal static LoanBorrower Parse(string text) => JsonSerializer.Deserialize<LoanBorrower>(text, PhoenixJson.Options)!;

    internal string Json() => JsonSerializer.Serialize(this, PhoenixJson.Options);

    internal LoanBorrower Trimmed() => new(Name.Trim(), Phone.Trim());

    /// <summary>The limits.</summary>
    public sealed class Limits : AbstractValidator<LoanBorrower>
    {
        /// <summary>A name, and a number that can be called.</summary>
        public Limits()
        {
            RuleFor(b => b.Name).NotEmpty().MaximumLength(MaxNameLength).WithName("借用人姓名");
            RuleFor(b => b.Phone).IsCallable();
        }
    }
}
