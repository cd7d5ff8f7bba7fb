using System.Text.Json;
using FluentValidation;
using Phoenix.App.Http;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>What is needed, where, when, and whom to call: sensitive together, so encrypted together.</summary>
/// <param name="What">What is needed, 2 to 300 characters.</param>
/// <param name="Address">Where to come, 2 to 100 characters.</param>
/// <param name="When">When it suits, 2 to 60 characters: 周六上午.</param>
/// <param name="ContactName">Whom to call, at most 20 characters; null for the person themselves.</param>
/// <param name="ContactPhone">The number: 5 to 20 digits, spaces, + and -.</param>
public sealed record NeedDetails(string What, string Address, string When, string? ContactName, string ContactPhone)
{
    /// <summary>Longest column: everything in its longest form, JSON, encrypted, in base64.</summary>
    public const int MaxSealedLength = 6_000;

    private const int MaxWhatLength = 300;
    private const int MaxAddressLength = 100;
    private const int MaxWhenLength = 60;
    private const int MaxNameLength = 20;

    internal static NeedDetails Parse(string text) => JsonSerializer.Deserialize<NeedDetails>(text, PhoenixJson.Options)!;

    internal string Json() => JsonSerializer.Serialize(this, PhoenixJson.Options);

    internal NeedDetails Trimmed() => new(What.Trim(), Address.Trim(), When.Trim(), Text.OrNull(ContactName), ContactPhone.Trim());

    /// <summary>The limits.</summary>
    public sealed class Limits : AbstractValidator<NeedDetails>
    {
        /// <summary>Texts of a sane length, and a number that can be called.</summary>
        public Limits()
        {
            RuleFor(d => d.What).NotEmpty().MinimumLength(2).MaximumLength(MaxWhatLength).WithName("要帮什么忙");
            RuleFor(d => d.Address).NotEmpty().MinimumLength(2).MaximumLength(MaxAddressLength).WithName("地址");
            RuleFor(d => d.When).NotEmpty().MinimumLength(2).MaximumLength(MaxWhenLength).WithName("什么时候方便");
            RuleFor(d => d.ContactName).MaximumLength(MaxNameLength).WithName("联系人");
            RuleFor(d => d.ContactPhone).IsCallable();
        }
    }
}
