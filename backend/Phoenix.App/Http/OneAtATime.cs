namespace Phoenix.App.Http;

/// <summary>
/// A person's calls of this route wait a moment for one another, on whichever phones and nodes, by a lease in Redis. It spares the second its work and decides
/// nothing: the database does, with or without Redis.
/// </summary>
/// <param name="Name">Of the lease; the person's id is put to it.</param>
public sealed record OneAtATime(string Name);
