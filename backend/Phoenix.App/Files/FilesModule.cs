namespace Phoenix.App.Files;

/// <summary>Images in the database, by signed links.</summary>
public static class FilesModule
{
    /// <summary>Services.</summary>
    public static void AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<FileLinks>();
        services.AddSingleton<IFileLinks>(s => s.GetRequiredService<FileLinks>());
        services.AddScoped<UploadImage.Handler>();
        services.AddScoped<IFileContents, FileContents>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapFiles(this IEndpointRouteBuilder community)
    {
        UploadImage.Map(community);
        GetFile.Map(community);
    }
}
