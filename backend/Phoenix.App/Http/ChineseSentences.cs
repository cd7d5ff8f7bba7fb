using System.Globalization;
using FluentValidation.Resources;

namespace Phoenix.App.Http;

/// <summary>What is wrong with a field, as whole Chinese sentences. The library's own Chinese isn't found without ICU (InvariantGlobalization), and speaks of values, not to people.</summary>
internal sealed class ChineseSentences : LanguageManager
{
    private const string Chinese = "zh-CN";

    private static readonly Dictionary<string, string> s_sentences = new(StringComparer.Ordinal)
    {
        ["NotEmptyValidator"] = "请填写{PropertyName}。",
        ["NotNullValidator"] = "请填写{PropertyName}。",
        ["EmptyValidator"] = "这里不用填{PropertyName}。",
        ["NullValidator"] = "这里不用填{PropertyName}。",
        ["LengthValidator"] = "{PropertyName}要 {MinLength} 到 {MaxLength} 个字，现在是 {TotalLength} 个字。",
        ["MinimumLengthValidator"] = "{PropertyName}至少 {MinLength} 个字，现在是 {TotalLength} 个字。",
        ["MaximumLengthValidator"] = "{PropertyName}最多 {MaxLength} 个字，现在是 {TotalLength} 个字。",
        ["ExactLengthValidator"] = "{PropertyName}要正好 {MaxLength} 个字，现在是 {TotalLength} 个字。",
        ["InclusiveBetweenValidator"] = "{PropertyName}要在 {From} 和 {To} 之间。",
        ["ExclusiveBetweenValidator"] = "{PropertyName}要在 {From} 和 {To} 之间。",
        ["GreaterThanValidator"] = "{PropertyName}要大于 {ComparisonValue}。",
        ["GreaterThanOrEqualValidator"] = "{PropertyName}不能小于 {ComparisonValue}。",
        ["LessThanValidator"] = "{PropertyName}要小于 {ComparisonValue}。",
        ["LessThanOrEqualValidator"] = "{PropertyName}不能大于 {ComparisonValue}。",
        ["EqualValidator"] = "{PropertyName}填得不对，请检查。",
        ["NotEqualValidator"] = "{PropertyName}填得不对，请检查。",
        ["RegularExpressionValidator"] = "{PropertyName}的格式不对，请检查。",
        ["EmailValidator"] = "{PropertyName}的格式不对，请检查。",
        ["EnumValidator"] = "请从列表里选择{PropertyName}。",
        ["PredicateValidator"] = "{PropertyName}填得不对，请检查。",
        ["AsyncPredicateValidator"] = "{PropertyName}填得不对，请检查。",
        ["ScalePrecisionValidator"] = "{PropertyName}的小数位数太多，请检查。",
    };

    public ChineseSentences()
    {
        foreach (var (validator, sentence) in s_sentences)
            AddTranslation(Chinese, validator, sentence);
        Culture = CultureInfo.GetCultureInfo(Chinese);
    }
}
