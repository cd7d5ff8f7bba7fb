using FluentValidation;

namespace Phoenix.App.Volunteering;

/// <summary>What a number must look like that somebody is to be called at.</summary>
internal static class PhoneRule
{
    /// <summary>5 to 20 digits, spaces, + and -.</summary>
    public static IRuleBuilderOptions<T, string> IsCallable<T>(this IRuleBuilder<T, string> phone) =>
        phone.NotEmpty().Matches("^[0-9+ -]{5,20}$").WithMessage("请填写能打通的电话号码。").WithName("联系电话");
}
