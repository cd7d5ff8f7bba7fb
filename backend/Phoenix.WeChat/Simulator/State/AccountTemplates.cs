namespace Phoenix.WeChat.Simulator.State;

/// <summary>A private template of the account.</summary>
internal sealed record AccountTemplate(string Id, PublicTitle Of, IReadOnlyList<Keyword> Keywords)
{
    public string Title => Of.Title;

    public bool IsBanned { get; init; }

    /// <summary>As gettemplate tells it: a line per keyword.</summary>
    public string Content => string.Concat(Keywords.Select(k => $"{k.Name}:{{{{{k.Key}.DATA}}}}\n"));

    public string Example => string.Concat(Keywords.Select(k => $"{k.Name}:{k.Example}\n"));
}

/// <summary>The account's private templates. A new simulator has every one-time title of the library with all its keywords.</summary>
internal sealed class AccountTemplates
{
    /// <summary>Length of a priTmplId.</summary>
    private const int IdLength = 43;

    private readonly List<AccountTemplate> _templates;
    private readonly string _appId;

    public AccountTemplates(string appId)
    {
        _appId = appId;
        _templates = [.. TemplateLibrary.Titles.Where(title => !title.IsLongTerm).Select(title => Make(title, title.Keywords))];
    }

    public IReadOnlyList<AccountTemplate> All => _templates;

    public AccountTemplate? Find(string id) => _templates.Find(template => template.Id == id);

    /// <summary>Adds a template; null when the account is full. The same title with the same keywords is the same template.</summary>
    public AccountTemplate? Add(PublicTitle title, IReadOnlyList<Keyword> keywords)
    {
        var made = Make(title, keywords);
        if (Find(made.Id) is { } present)
            return present;
        if (_templates.Count == SimulatorLimits.Templates)
            return null;
        _templates.Add(made);
        return made;
    }

    public bool Remove(string id) => _templates.RemoveAll(template => template.Id == id) > 0;

    public bool Ban(string id, bool isBanned)
    {
        var at = _templates.FindIndex(template => template.Id == id);
        if (at >= 0)
            _templates[at] = _templates[at] with { IsBanned = isBanned };
        return at >= 0;
    }

    private AccountTemplate Make(PublicTitle title, IReadOnlyList<Keyword> keywords) =>
        new(SimulatorText.Stable($"{_appId}:{title.Tid}:{string.Join(',', keywords.Select(k => k.Kid))}", IdLength), title, keywords);
}
