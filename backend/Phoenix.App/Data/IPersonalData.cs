namespace Phoenix.App.Data;

/// <summary>A table of what is kept about somebody, as the person gets it: Chinese headings, texts ready to be read.</summary>
/// <param name="Title">What it is about: 我的资料.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">As many texts each as there are headings; at most <see cref="MaxRows"/>.</param>
public sealed record PersonalSection(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Most rows of a section; a module with more gives the newest and says so in the title.</summary>
    public const int MaxRows = 5_000;
}

/// <summary>How somebody goes.</summary>
public enum Departure
{
    /// <summary>From this community only: the person may come back and finds the same member; history stays under the pseudonym.</summary>
    Community,

    /// <summary>From the platform, for ever: what names the person goes; what the law keeps stays under the pseudonym.</summary>
    Account,
}

/// <summary>A module's part of a person's rights (PIPL arts 45 and 47): what it keeps about somebody in the community in scope, to be given out and to be erased.</summary>
public interface IPersonalData
{
    /// <summary>What the module keeps about the person here. Decrypted: it goes to the person, or to a minor's guardian, and nowhere else.</summary>
    Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel);

    /// <summary>
    /// Erases or anonymises it in the present transaction. Run twice it does the same; what is kept by law (service records, ledger, proof of consent) keeps
    /// only the pseudonym. Never awaits the ledger's queue.
    /// </summary>
    Task Erase(Guid personId, Departure departure, CancellationToken cancel);
}

/// <summary>A module's word on whether somebody may go now.</summary>
public interface IClosingCheck
{
    /// <summary>What is still open here, one Chinese sentence each that says what to do; empty if nothing is.</summary>
    Task<IReadOnlyList<string>> Open(Guid personId, Departure departure, CancellationToken cancel);
}
