using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Phoenix.Architecture.Tests.Modules;

/// <summary>One type using another, read from compiled code: signatures, bodies, attributes, generic arguments. A constant leaves no trace there.</summary>
public sealed record TypeUse(string From, string To)
{
    /// <summary>Every use in an assembly, by the names of the outermost types: a lambda's or a nested type's use is its owner's.</summary>
    public static IReadOnlyList<TypeUse> In(AssemblyDefinition assembly) =>
        [.. assembly.MainModule.GetTypes().SelectMany(type => Used(type).Select(used => new TypeUse(Outer(type), used))).Distinct()];

    private static IEnumerable<string> Used(TypeDefinition type) => Direct(type).OfType<TypeReference>().SelectMany(Names).Distinct(StringComparer.Ordinal);

    private static IEnumerable<TypeReference?> Direct(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(face => face.InterfaceType),
        .. type.GenericParameters.SelectMany(Constraints),
        .. type.CustomAttributes.SelectMany(Attribute),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Fields.SelectMany(field => field.CustomAttributes).SelectMany(Attribute),
        .. type.Properties.SelectMany(property => property.CustomAttributes).SelectMany(Attribute),
        .. type.Methods.SelectMany(Method),
    ];

    private static IEnumerable<TypeReference?> Method(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature =
        [
            .. Signature(method),
            .. method.GenericParameters.SelectMany(Constraints),
            .. method.CustomAttributes.SelectMany(Attribute),
            .. method.Parameters.SelectMany(parameter => parameter.CustomAttributes).SelectMany(Attribute),
        ];
        return method.HasBody
            ? [.. signature, .. method.Body.Variables.Select(variable => variable.VariableType), .. method.Body.Instructions.SelectMany(Operand)]
            : signature;
    }

    private static IEnumerable<TypeReference?> Operand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments, .. Signature(method.ElementMethod)],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference method) => [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference> Constraints(GenericParameter parameter) => parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Attribute(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>()];

    private static IEnumerable<string> Names(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => [Outer(generic.ElementType), .. generic.GenericArguments.SelectMany(Names)],
        TypeSpecification specification => Names(specification.ElementType),
        _ => [Outer(type)],
    };

    private static string Outer(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type.FullName;
    }
}
