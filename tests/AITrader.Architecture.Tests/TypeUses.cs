using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AITrader.Architecture.Tests;

/// <summary>The types of its own assembly that a type uses: in its bases, members, bodies and attributes, and in all that is nested in
/// it.</summary>
internal static class TypeUses
{
    public static IEnumerable<TypeDefinition> Of(TypeDefinition type) =>
        References(type)
            .OfType<TypeReference>()
            .SelectMany(Parts)
            .Select(part => Own(part, type.Module))
            .OfType<TypeDefinition>()
            .Distinct();

    private static IEnumerable<TypeReference?> References(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(static implemented => implemented.InterfaceType),
            .. type
                .GenericParameters.SelectMany(static parameter => parameter.Constraints)
                .Select(static constraint => constraint.ConstraintType),
            .. AttributesOf(type),
            .. type.Fields.SelectMany(static field => AttributesOf(field).Append(field.FieldType)),
            .. type.Properties.SelectMany(AttributesOf),
            .. type.Events.SelectMany(AttributesOf),
            .. type.Methods.SelectMany(References),
            .. type.NestedTypes.SelectMany(References),
        ];

    private static IEnumerable<TypeReference?> References(MethodDefinition method) =>
        [
            .. Signature(method),
            .. AttributesOf(method),
            .. method.Parameters.SelectMany(AttributesOf),
            .. method
                .GenericParameters.SelectMany(static parameter => parameter.Constraints)
                .Select(static constraint => constraint.ConstraintType),
            .. method.HasBody ? References(method.Body) : [],
        ];

    private static IEnumerable<TypeReference?> References(MethodBody body) =>
        [
            .. body.Variables.Select(static variable => variable.VariableType),
            .. body.ExceptionHandlers.Select(static handler => handler.CatchType),
            .. body.Instructions.SelectMany(static instruction => References(instruction.Operand)),
        ];

    private static IEnumerable<TypeReference?> References(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            GenericInstanceMethod generic => [.. generic.GenericArguments, .. Signature(generic.ElementMethod)],
            MethodReference method => Signature(method),
            _ => [],
        };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(static parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference?> AttributesOf(ICustomAttributeProvider member) =>
        member.CustomAttributes.SelectMany(static attribute =>
            attribute
                .ConstructorArguments.Concat(attribute.Properties.Select(static named => named.Argument))
                .SelectMany(TypesIn)
                .Append(attribute.AttributeType)
        );

    private static IEnumerable<TypeReference?> TypesIn(CustomAttributeArgument argument) =>
        argument.Value switch
        {
            TypeReference type => [type, argument.Type],
            CustomAttributeArgument boxed => TypesIn(boxed),
            CustomAttributeArgument[] several => several.SelectMany(TypesIn),
            _ => [argument.Type],
        };

    /// <summary>A type and the arguments and elements that it is put together from.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            TypeSpecification specification => Parts(specification.ElementType),
            GenericParameter => [],
            _ => [type],
        };

    // What an attribute names is read from text, and has to be looked for.
    private static TypeDefinition? Own(TypeReference type, ModuleDefinition module) =>
        type as TypeDefinition ?? (type.Scope == module ? module.GetType(type.FullName) : null);
}
