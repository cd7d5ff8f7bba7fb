using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Notifications.Templates;

/// <summary>A template that a kind of message goes through.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="TemplateId">priTmplId.</param>
/// <param name="Title">The title.</param>
/// <param name="Fields">Its keywords.</param>
public sealed record TemplateBinding(NoticeKind Kind, string TemplateId, string Title, IReadOnlyList<TemplateField> Fields);

/// <summary>Whether a kind of message can go through WeChat.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Binding">The template; null: to the inbox only.</param>
/// <param name="Fault">Why there is none, one Chinese clause that names the keyword; null where there is one or none is meant.</param>
/// <param name="IsChosen">Whether staff chose the template.</param>
public sealed record TemplateState(NoticeKind Kind, TemplateBinding? Binding, string? Fault, bool IsChosen);

/// <summary>Holds the catalogue against the account's templates, for the community in scope.</summary>
internal sealed class TemplateBook(PhoenixDb db)
{
    /// <summary>Why the kind can't go through the template: one Chinese clause that names the keyword; null if it can.</summary>
    public static string? FaultOf(CatalogueEntry entry, AccountTemplate template)
    {
        if (template.IsLongTerm)
            return "是长期订阅模板";
        var fields = template.Keywords();
        if (fields.Count == 0)
            return "没有关键词";
        foreach (var field in fields)
        {
            if (entry.Keywords.FirstOrDefault(k => k.Label == field.Label) is not { } keyword)
                return $"关键词“{field.Label}”没有对应的内容";
            if (!FieldValue.Fits(keyword.Type, FieldValue.TypeOf(field.Key)))
                return $"关键词“{field.Label}”的类型 {FieldValue.TypeOf(field.Key)} 对不上";
        }

        return null;
    }

    /// <summary>Which of these templates the account has.</summary>
    public async Task<IReadOnlyCollection<string>> Known(IReadOnlyCollection<string> templates, CancellationToken cancel) =>
        await db.Set<AccountTemplate>().AsNoTracking().Where(t => templates.Contains(t.TemplateId)).Select(t => t.TemplateId).ToListAsync(cancel);

    /// <summary>The templates of those kinds that have a usable one, in the kinds' order.</summary>
    public async Task<IReadOnlyList<TemplateBinding>> Bind(IReadOnlyCollection<NoticeKind> kinds, CancellationToken cancel) =>
        [.. (await States(kinds, cancel)).Select(s => s.Binding).OfType<TemplateBinding>()];

    /// <summary>The template of a kind; null: to the inbox only.</summary>
    public async Task<TemplateBinding?> Bind(NoticeKind kind, CancellationToken cancel) => (await Bind([kind], cancel)).SingleOrDefault();

    /// <summary>How these kinds stand.</summary>
    public async Task<IReadOnlyList<TemplateState>> States(IReadOnlyCollection<NoticeKind> kinds, CancellationToken cancel)
    {
        var entries = kinds.Select(Catalogue.Of).ToList();
        var choices = await db.Set<TemplateChoice>().AsNoTracking().Where(c => kinds.Contains(c.Kind)).ToDictionaryAsync(c => c.Kind, c => c.TemplateId, cancel);
        var (titles, chosen) = (entries.Select(e => e.Template).OfType<string>().ToArray(), choices.Values.ToArray());
        var templates = await db.Set<AccountTemplate>().AsNoTracking().Where(t => titles.Contains(t.Title) || chosen.Contains(t.TemplateId)).OrderBy(t => t.TemplateId).ToListAsync(cancel);
        return entries.ConvertAll(entry => StateOf(entry, choices.GetValueOrDefault(entry.Kind), templates));
    }

    private static TemplateState StateOf(CatalogueEntry entry, string? chosen, List<AccountTemplate> templates)
    {
        if (entry.Template is null)
            return new TemplateState(entry.Kind, null, null, false);
        var candidates = templates.Where(t => chosen is null ? t.Title == entry.Template : t.TemplateId == chosen).ToList();
        if (candidates.Count == 0)
            return new TemplateState(entry.Kind, null, chosen is null ? $"小程序里没有“{entry.Template}”模板" : "选的模板已经不在小程序里", chosen is not null);
        var fitting = candidates.Find(t => FaultOf(entry, t) is null);
        return fitting is null
            ? new TemplateState(entry.Kind, null, FaultOf(entry, candidates[0]), chosen is not null)
            : new TemplateState(entry.Kind, new TemplateBinding(entry.Kind, fitting.TemplateId, fitting.Title, fitting.Keywords()), null, chosen is not null);
    }
}
