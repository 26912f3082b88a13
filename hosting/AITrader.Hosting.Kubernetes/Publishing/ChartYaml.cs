using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;
using YamlDotNet.Serialization.NamingConventions;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The form of every file: camel case, nothing for what is empty, texts in quotes so that Helm's braces and look-alike numbers
/// stay texts.</summary>
internal static class ChartYaml
{
    private static QuotingEmitter? _quoting;

    private static readonly ISerializer Serializer = new SerializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithTypeConverter(new Int32OrStringConverter())
        .WithEventEmitter(next => _quoting = new QuotingEmitter(next))
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
        .WithNewLine("\n")
        .WithIndentedSequences()
        .DisableAliases()
        .Build();

    public static string Serialize(object item)
    {
        lock (Serializer)
        {
            return Serializer.Serialize(item);
        }
    }

    private sealed class Int32OrStringConverter : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(Int32OrStringV1);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) =>
            new Int32OrStringV1(parser.Consume<Scalar>().Value);

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer)
        {
            var either = (Int32OrStringV1)value!;
            emitter.Emit(
                new Scalar(
                    AnchorName.Empty,
                    TagName.Empty,
                    either.Value ?? string.Empty,
                    either.Number is null ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain,
                    true,
                    true
                )
            );
            // A converter writes past the event emitters, which count keys and values.
            _quoting!.Advance();
        }
    }

    // Keys stay plain: a mapping takes key and value in turn.
    private sealed class QuotingEmitter(IEventEmitter next) : ChainedEventEmitter(next)
    {
        private readonly Stack<(bool IsMapping, bool IsKey)> _nesting = new();

        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Type == typeof(string) && !IsKey)
            {
                eventInfo.Style = ScalarStyle.DoubleQuoted;
            }

            Advance();
            base.Emit(eventInfo, emitter);
        }

        public override void Emit(MappingStartEventInfo eventInfo, IEmitter emitter)
        {
            Advance();
            _nesting.Push((IsMapping: true, IsKey: true));
            base.Emit(eventInfo, emitter);
        }

        public override void Emit(MappingEndEventInfo eventInfo, IEmitter emitter)
        {
            _nesting.Pop();
            base.Emit(eventInfo, emitter);
        }

        public override void Emit(SequenceStartEventInfo eventInfo, IEmitter emitter)
        {
            Advance();
            _nesting.Push((IsMapping: false, IsKey: false));
            base.Emit(eventInfo, emitter);
        }

        public override void Emit(SequenceEndEventInfo eventInfo, IEmitter emitter)
        {
            _nesting.Pop();
            base.Emit(eventInfo, emitter);
        }

        private bool IsKey => _nesting.TryPeek(out var top) && top.IsKey;

        public void Advance()
        {
            if (_nesting.TryPop(out var top))
            {
                _nesting.Push(top.IsMapping ? top with { IsKey = !top.IsKey } : top);
            }
        }
    }
}
