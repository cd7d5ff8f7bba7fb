using System.Globalization;
using System.Text.Json.Nodes;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>The template library: newtmpl.</summary>
internal static class Templates
{
    private const int PageSize = 30;
    private const int FewestKeywords = 2;
    private const int MostKeywords = 5;
    private const int SceneLength = 15;
    private const int OneTime = 2;
    private const int LongTerm = 3;

    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("GET", "/wxaapi/newtmpl/getcategory", Needs.Token, (_, _) => Categories()),
        new("GET", "/wxaapi/newtmpl/getpubtemplatetitles", Needs.Token, Titles),
        new("GET", "/wxaapi/newtmpl/getpubtemplatekeywords", Needs.Token, Keywords) { PerDay = 300 },
        new("POST", "/wxaapi/newtmpl/addtemplate", Needs.Token, Add),
        new("GET", "/wxaapi/newtmpl/gettemplate", Needs.Token, (sim, _) => List(sim)),
        new("POST", "/wxaapi/newtmpl/deltemplate", Needs.Token, Delete),
    ];

    private static PlatformAnswer Categories() =>
        PlatformAnswer.Ok(("data", Array(TemplateLibrary.Categories.Select(c => new JsonObject { ["id"] = c.Id, ["name"] = c.Name }))));

    private static PlatformAnswer Titles(WeChatSimulator sim, PlatformCall call)
    {
        var ids = (call.Query("ids") ?? throw new PlatformRefusal(200018)).Split(',');
        if (!ids.All(id => TemplateLibrary.Categories.Any(c => id == Digits(c.Id))))
            throw new PlatformRefusal(200019);
        var start = Whole(call.Query("start")) ?? throw new PlatformRefusal(200016);
        if (Whole(call.Query("limit")) is not { } limit || limit is < 1 or > PageSize)
            throw new PlatformRefusal(200017);
        var titles = TemplateLibrary.Titles.Where(title => ids.Contains(Digits(title.CategoryId), StringComparer.Ordinal)).ToList();
        var data = Array(titles.Skip(start).Take(limit).Select(title => new JsonObject
        {
            ["tid"] = title.Tid,
            ["title"] = title.Title,
            ["type"] = title.IsLongTerm ? LongTerm : OneTime,
            ["categoryId"] = Digits(title.CategoryId),
        }));
        return PlatformAnswer.Ok(("count", titles.Count), ("data", data));
    }

    private static PlatformAnswer Keywords(WeChatSimulator sim, PlatformCall call)
    {
        var title = Title(call.Query("tid"));
        var data = Array(title.Keywords.Select(k => new JsonObject { ["kid"] = k.Kid, ["name"] = k.Name, ["example"] = k.Example, ["rule"] = k.Rule }));
        return PlatformAnswer.Ok(("count", title.Keywords.Length), ("data", data));
    }

    // The one endpoint whose body is a form and never JSON.
    private static PlatformAnswer Add(WeChatSimulator sim, PlatformCall call)
    {
        var form = call.Form();
        var title = Title(form.FirstOrDefault(pair => pair.Name == "tid").Value);
        var kids = form.Where(pair => pair.Name == "kidList").Select(pair => Whole(pair.Value)).ToList();
        var keywords = kids.Select(kid => System.Array.Find(title.Keywords, k => k.Kid == kid)).ToList();
        if (keywords.Count is < FewestKeywords or > MostKeywords || keywords.Contains(null) || keywords.Distinct().Count() != keywords.Count)
            throw new PlatformRefusal(200020);
        if ((form.FirstOrDefault(pair => pair.Name == "sceneDesc").Value ?? "").Length > SceneLength)
            throw new PlatformRefusal(200021);
        var added = sim.AccountTemplates.Add(title, [.. keywords.OfType<Keyword>()]) ?? throw new PlatformRefusal(200012);
        return PlatformAnswer.Ok(("priTmplId", added.Id));
    }

    private static PlatformAnswer List(WeChatSimulator sim) => PlatformAnswer.Ok(("data", Array(sim.AccountTemplates.All.Select(template =>
    {
        var listed = new JsonObject
        {
            ["priTmplId"] = template.Id,
            ["title"] = template.Title,
            ["content"] = template.Content,
            ["example"] = template.Example,
            ["type"] = template.Of.IsLongTerm ? LongTerm : OneTime,
        };
        var enumerated = template.Keywords.Where(k => k.Values.Length > 0).ToList();
        if (enumerated.Count > 0)
            listed["keywordEnumValueList"] = Array(enumerated.Select(k => new JsonObject
            {
                ["keywordCode"] = k.Key,
                ["enumValueList"] = new JsonArray([.. k.Values.Select(value => (JsonNode)value)]),
            }));
        return listed;
    }))));

    private static PlatformAnswer Delete(WeChatSimulator sim, PlatformCall call)
    {
        var id = call.Text("priTmplId") ?? call.Form().FirstOrDefault(pair => pair.Name == "priTmplId").Value;
        return sim.AccountTemplates.Remove(id ?? "") ? PlatformAnswer.Ok() : throw new PlatformRefusal(40037);
    }

    private static PublicTitle Title(string? tid) => (Whole(tid) is { } number ? TemplateLibrary.Find(number) : null) ?? throw new PlatformRefusal(200014);

    private static int? Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}
