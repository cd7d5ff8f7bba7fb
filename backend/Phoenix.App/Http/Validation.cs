using System.Text.Json;
using FluentValidation;

namespace Phoenix.App.Http;

/// <summary>Checks every request body against its limits (an <c>AbstractValidator</c> beside it) before the handler runs.</summary>
public static class Validation
{
    /// <summary>Registers every validator of this assembly; their sentences are Chinese.</summary>
    public static void AddValidation(this IServiceCollection services)
    {
        ValidatorOptions.Global.LanguageManager = new ChineseSentences();
        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(typeof(Validation).Assembly))
            services.AddSingleton(found.InterfaceType, found.ValidatorType);
    }

    /// <summary>Filter factory: validates those parameters of a handler that have a validator.</summary>
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext context, EndpointFilterDelegate next)
    {
        var validators = context.MethodInfo.GetParameters()
            .Select(p => context.ApplicationServices.GetService(typeof(IValidator<>).MakeGenericType(p.ParameterType)) as IValidator)
            .ToArray();
        return Array.TrueForAll(validators, v => v is null) ? next : invocation => Validate(invocation, validators, next);
    }

    private static async ValueTask<object?> Validate(EndpointFilterInvocationContext invocation, IValidator?[] validators, EndpointFilterDelegate next)
    {
        for (var i = 0; i < validators.Length; i++)
        {
            if (validators[i] is not { } validator || invocation.Arguments[i] is not { } argument)
                continue;
            var outcome = await validator.ValidateAsync(new ValidationContext<object>(argument), invocation.HttpContext.RequestAborted);
            if (!outcome.IsValid)
                return new Refusal(new InvalidFields
                {
                    Fields = outcome.Errors.GroupBy(e => PathOf(e.PropertyName), StringComparer.Ordinal)
                        .ToDictionary(g => g.Key, g => g.Select(e => e.ErrorMessage).ToArray(), StringComparer.Ordinal),
                });
        }

        return await next(invocation);
    }

    private static string PathOf(string property) => "$." + string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
